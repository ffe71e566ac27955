/**
 * The connection test, run by a person before class against the real media server and a real TURN server: every way
 * through a network, and what the page makes of ways that are closed.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { glance } from './support/glance.ts'
import { openPerson, type Person, signUp } from './support/people.ts'
import { expect, test } from './support/test.ts'

const TURN_SERVER = '/usr/bin/turnserver'
const TURN_PORT = 21_000 + (process.pid % 9_000)
/** What comes from the TURN server comes from here, and from nobody else. */
const RELAY_ADDRESS = '127.0.0.5'
const TURN_SECRET = 'shared with the relay'

test.use({
  relayed: true,
  settings: { TURN_URLS: `turn:127.0.0.1:${String(TURN_PORT)}`, TURN_SECRET },
})

let turn: ChildProcess | null = null

test.beforeAll(async () => {
  test.skip(!existsSync(TURN_SERVER), `coturn is not installed: ${TURN_SERVER} is not there`)
  const folder = await mkdtemp(join(tmpdir(), 'attune-turn-'))
  const words = [
    `--listening-port=${String(TURN_PORT)}`,
    '--listening-ip=127.0.0.1',
    `--relay-ip=${RELAY_ADDRESS}`,
    '--use-auth-secret',
    `--static-auth-secret=${TURN_SECRET}`,
    '--realm=attune.test',
    // Coturn relays to loopback only where it is told so, and where its own console is locked.
    '--allow-loopback-peers',
    '--cli-password=unused',
    '--no-cli',
    '--no-tls',
    '--no-dtls',
    '--fingerprint',
    '--log-file=stdout',
    `--pidfile=${join(folder, 'turn.pid')}`,
    `--db=${join(folder, 'turn.db')}`,
  ]
  turn = spawn(TURN_SERVER, ['-n', ...words], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  await Promise.race([
    new Promise<void>((resolve) => {
      turn?.stdout?.on('data', (bytes: Buffer) => {
        if (/listener opened|Total General servers/i.test(bytes.toString())) resolve()
      })
    }),
    once(turn, 'exit').then(() => {
      throw new Error('coturn ended at once')
    }),
  ])
})

test.afterAll(() => {
  turn?.kill()
})

test('a person tests device and network, also where only a relay leads through', async ({
  school,
}) => {
  const tara = await openPerson('Tara Teacher', school.url)
  const { network } = school
  if (network === null) throw new Error('this school has no network of its own')
  try {
    await test.step('without an account, devices are tried and the rest says why not', async () => {
      await tara.page.goto('/test')
      await run(tara)
      await expect(line(tara.page, 'Camera')).toContainText('Works')
      await expect(line(tara.page, 'Signalling')).toContainText('sign in first')
    })

    await signUp(tara)
    await tara.page.goto('/test')

    await test.step('with everything open, everything works', async () => {
      await run(tara)
      await expect(tara.page.getByText('This device is ready for class.').first()).toBeVisible()
      for (const check of ['Camera', 'Microphone']) {
        await expect(line(tara.page, check)).toContainText('Works')
      }
      await expect(line(tara.page, 'Signalling')).toContainText(/Answers in \d+ ms/)
      for (const check of ['Media over UDP', 'Media over TCP', 'Media through a relay']) {
        await expect(line(tara.page, check)).toContainText(/Connected in \d+ ms/)
      }
      await expect(line(tara.page, 'Picture there and back')).toContainText(/\d+ kbit\/s arrive/)
      const text = await tara.page.getByRole('textbox', { name: 'Result of the test' }).inputValue()
      expect(text).toMatch(/^Connection test, \d{4}-/)
      expect(text).toMatch(/^Media over UDP: Connected in/m)
      expect(text).not.toContain(tara.email)
      await tara.page.getByRole('button', { name: 'Copy the result' }).click()
      await expect(tara.page.getByRole('button', { name: 'Copied' })).toBeVisible()
      expect(await tara.page.evaluate(() => navigator.clipboard.readText())).toBe(text)
      await glance(tara.page, 'the connection test')
    })

    await test.step('with the direct ways closed, the relay leads through', async () => {
      network.media.onlyFrom(RELAY_ADDRESS)
      await run(tara)
      await expect(line(tara.page, 'Media over UDP')).toContainText('No connection')
      await expect(line(tara.page, 'Media over TCP')).toContainText('No connection')
      await expect(line(tara.page, 'Media through a relay')).toContainText(/Connected in \d+ ms/)
      await expect(line(tara.page, 'Picture there and back')).toContainText(/\d+ kbit\/s arrive/)
      await expect(tara.page.getByText(/^A class works from here, though/).first()).toBeVisible()
    })
    expect(tara.errors).toEqual([])
  } finally {
    await tara.close()
  }
})

async function run({ page }: Person): Promise<void> {
  await page.getByRole('button', { name: /^(Start the test|Test again)$/ }).click()
  await expect(page.getByRole('button', { name: 'Test again' })).toBeEnabled({ timeout: 120_000 })
}

const line = (page: Page, check: string) => page.getByRole('listitem').filter({ hasText: check })
