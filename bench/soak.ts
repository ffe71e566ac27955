/**
 * `npm run bench -- soak [--minutes N] [--json FILE]`: a class of six browsers that simply goes on, and
 * what grows meanwhile: handles and memory of every process, transports, and the browsers' own heaps
 * and renderers (whose memory holds the analysis' tensors). It judges by the second half alone, since
 * caches fill in the first.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import {
  allowExpressionAnalysis,
  attendClass,
  createCourse,
  expectVideoOf,
  joinCourse,
  openPerson,
  type Person,
  signUp,
  startClass,
} from '../e2e/support/people.ts'
import { type Part, pidsOf } from '../e2e/support/processes.ts'
import { openSchool } from '../e2e/support/school.ts'
import { median } from '../models/evaluation/outcome.ts'

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { minutes: { type: 'string', default: '30' }, json: { type: 'string' } },
})

const STUDENTS = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eva'] as const
const LOOK_EVERY_MS = 15_000
const MEBIBYTE = 1_048_576
const KIBIBYTE = 1_024
/** Growth over the second half that counts as a leak: of memory in MiB, of anything else in pieces. */
const MOST_GROWTH = { MiB: 24, pieces: 8 } as const

type Figures = Record<string, number>

const { school, close } = await openSchool({ relayed: false, settings: {} })
const people: Person[] = []
try {
  const teacher = await openPerson('Tara', school.url)
  people.push(teacher)
  await signUp(teacher)
  await allowExpressionAnalysis(teacher)
  const course = await createCourse(teacher, 'Soak', {
    readings: 'Expression analysis',
    intervalSeconds: 10,
    minimumGroup: 2,
  })
  for (const name of STUDENTS) {
    const student = await openPerson(name, school.url, name === 'Ada' ? ['smiling'] : [])
    people.push(student)
    await joinCourse(student, course.inviteLink)
  }
  await startClass(teacher, course.path)
  for (const student of people.slice(1)) {
    // One analyses: two cores cannot serve five analyses and six codecs at once.
    const consent = student.name === 'Ada' ? 'Allow' : 'Attend without it'
    await attendClass(student, course.path, consent)
  }
  for (const { name } of people.slice(1)) await expectVideoOf(teacher, name)

  const looks: Figures[] = []
  const end = Date.now() + Number(values.minutes) * 60_000
  while (Date.now() < end) {
    looks.push(await look(school.url, people))
    console.log(`${String(looks.length)}: ${JSON.stringify(looks.at(-1))}`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
  report(looks)
} finally {
  await Promise.all(people.map((person) => person.close()))
  await close()
}

async function look(url: string, browsers: readonly Person[]): Promise<Figures> {
  const figures: Figures = {}
  for (const part of ['web', 'sfu', 'worker', 'database'] as const satisfies Part[]) {
    const pids = pidsOf(part)
    figures[`${part} handles`] = sum(pids.map(handlesOf))
    figures[`${part} MiB`] = sum(pids.map(residentOf))
  }
  const metrics = await (await fetch(`${url}/metrics`)).text()
  const transports = /^attune_sfu_transports (\d+)$/m.exec(metrics)?.[1]
  figures['transports'] = Number(transports)
  for (const person of browsers) {
    const session = await person.browser.newBrowserCDPSession()
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    await session.detach()
    figures[`${person.name} browser MiB`] = sum(processInfo.map(({ id }) => residentOf(id)))
    figures[`${person.name} heap MiB`] = await person.page.evaluate(() => {
      const { memory } = performance as Performance & { memory?: { usedJSHeapSize: number } }
      return Math.round((memory?.usedJSHeapSize ?? 0) / 1_048_576)
    })
  }
  return figures
}

function report(looks: readonly Figures[]): void {
  const half = looks.slice(Math.floor(looks.length / 2))
  const names = Object.keys(half[0] ?? {})
  const quarter = Math.max(1, Math.floor(half.length / 2))
  const rows = names.map((name) => {
    const series = half.map((figures) => figures[name] ?? Number.NaN)
    const [early, late] = [median(series.slice(0, quarter)), median(series.slice(-quarter))]
    const most = name.endsWith('MiB') ? MOST_GROWTH.MiB : MOST_GROWTH.pieces
    return { name, early, late, growth: late - early, grows: late - early > most }
  })
  console.log('figure'.padEnd(24), 'before'.padStart(8), 'after'.padStart(8), 'growth'.padStart(8))
  for (const { name, early, late, growth, grows } of rows) {
    const mark = grows ? '  GROWS' : ''
    console.log(
      name.padEnd(24),
      ...[early, late, growth].map((one) => one.toFixed(0).padStart(8)),
      mark,
    )
  }
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ looks, rows }, null, 2)}\n`)
  process.exitCode = rows.some(({ grows }) => grows) ? 1 : 0
}

function handlesOf(pid: number): number {
  try {
    return readdirSync(`/proc/${String(pid)}/fd`).length
  } catch {
    // It ended between the list and the look.
    return 0
  }
}

/** Resident memory, in MiB. */
function residentOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8')
    return (Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1] ?? 0) * KIBIBYTE) / MEBIBYTE
  } catch {
    return 0
  }
}

function sum(numbers: readonly number[]): number {
  return Math.round(numbers.reduce((all, one) => all + one, 0))
}
