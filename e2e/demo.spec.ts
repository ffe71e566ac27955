/**
 * `npm run demo`: one person alone, who does what it prints, sees a class of three simulated students and a chart that
 * moves, on this machine, whatever a school has set; and nothing of it is left behind.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { openPerson } from './support/people.ts'
import { moodCounts } from './support/readings.ts'
import { freePort } from './support/school.ts'
import { expect, test } from './support/test.ts'

// A service, four browsers of the demo and one more, on a machine of two cores.
test.describe.configure({ timeout: 420_000 })

/** What a school may have set: the demo must follow none of it. */
const A_SCHOOL = {
  PUBLIC_URL: 'https://class.example.org',
  DATABASE_URL: 'postgresql://attune@db.example.org/attune',
  ANNOUNCED_ADDRESS: '203.0.113.5',
  TURN_URLS: 'turn:turn.example.org:3478',
  TURN_SECRET: 'none',
}

const demos = (): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('attune-demo-'))

test('a visitor signs in as printed, and the chart moves', async () => {
  const [port, sfuPort] = [await freePort(), await freePort()]
  const before = demos()
  const child = spawn('npm', ['run', 'demo', '--silent', '--', '--port', String(port)], {
    env: { ...process.env, ...A_SCHOOL, SFU_PORT: String(sfuPort) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const closed = once(child, 'close')
  let said = ''
  let healthyAt = Number.NaN
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (Number.isNaN(healthyAt) && said.includes('Attune serves at')) healthyAt = Date.now()
    })
  const printed = (name: string): string =>
    new RegExp(`^ *${name} +(\\S+)$`, 'm').exec(said)?.[1] ?? ''
  try {
    await expect.poll(() => printed('Password'), { timeout: 300_000 }).not.toBe('')
    const visitor = await openPerson('Visitor', new URL(printed('Open')).origin)
    const { page } = visitor
    try {
      await page.goto(printed('Open'))
      await page.getByRole('textbox', { name: 'Email', exact: true }).fill(printed('Email'))
      await page.getByRole('textbox', { name: 'Password', exact: true }).fill(printed('Password'))
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('button', { name: 'Join class' }).click()
      const first = await moved(page, -1)
      const seconds = Math.round((Date.now() - healthyAt) / 1_000)
      test.info().annotations.push({
        type: 'demo',
        description: `the chart was there ${String(seconds)} s after the server was healthy`,
      })
      await moved(page, first)
      expect(visitor.errors).toEqual([])
    } finally {
      await visitor.close()
    }
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT')
    await closed
  }
  expect(demos(), 'nothing is left').toEqual(before)
})

/** Waits until the chart shows the three students at a later interval, and answers that. */
async function moved(page: Parameters<typeof moodCounts>[0], after: number): Promise<number> {
  let interval = after
  await expect(async () => {
    const mood = await moodCounts(page)
    expect(mood.total).toBe(3)
    expect(mood.interval).toBeGreaterThan(after)
    interval = mood.interval
  }).toPass()
  return interval
}
