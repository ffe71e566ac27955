/**
 * `npm run bench -- soak [--minutes N]`: a class of six browsers that simply goes on, and what grows meanwhile: handles
 * and memory of every process, transports, and the browsers' own heaps and renderers (whose memory holds the analysis'
 * tensors). It judges by the second half alone, since caches fill in the first.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as after } from 'node:timers/promises'
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
import { type Part as Process, pidsOf } from '../e2e/support/processes.ts'
import { openSchool } from '../e2e/support/school.ts'
import { BenchError, type Part, type PartContext, type Table } from './report/part.ts'
import { median } from './report/statistics.ts'
import { figure } from './report/tables.ts'

const STUDENTS = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eva'] as const
const LOOK_EVERY_MS = 15_000
const MEBIBYTE = 1_048_576
const KIBIBYTE = 1_024
/** Growth over the second half that counts as a leak: of memory in MiB, of anything else in pieces. */
const MOST_GROWTH = { MiB: 24, pieces: 8 } as const

type Figures = Record<string, number>

export const soak: Part = async (context) => {
  const minutes = Number(context.option('minutes') ?? (context.quick ? '2' : '30'))
  if (!(minutes > 0)) throw new BenchError('bench-option', '--minutes is a number above 0.')
  const { school, close } = await openSchool({ relayed: false, settings: {} })
  const people: Person[] = []
  try {
    await fill(school.url, people)
    const looks = await watch(school.url, people, minutes, context)
    const rows = growthOf(looks)
    return {
      tables: [tableOf(rows)],
      notes: rows.filter(({ grows }) => grows).map(({ name }) => `${name} grows.`),
      passed: !rows.some(({ grows }) => grows),
      figures: { looks, rows },
    }
  } finally {
    await Promise.all(people.map((person) => person.close()))
    await close()
  }
}

/** Six browsers share few cores: each draws a small page, and waits long. */
async function makeLight({ context, page }: Person): Promise<void> {
  context.setDefaultTimeout(180_000)
  await page.setViewportSize({ width: 800, height: 600 })
}

/** Opens the class; everyone is in `people` as soon as there is a browser to close. */
async function fill(url: string, people: Person[]): Promise<void> {
  const teacher = await openPerson('Tara', url)
  people.push(teacher)
  await makeLight(teacher)
  await signUp(teacher)
  await allowExpressionAnalysis(teacher)
  const course = await createCourse(teacher, 'Soak', {
    readings: 'Expression analysis',
    intervalSeconds: 10,
    minimumGroup: 2,
  })
  for (const name of STUDENTS) {
    const student = await openPerson(name, url, name === 'Ada' ? ['smiling'] : [])
    people.push(student)
    await makeLight(student)
    await joinCourse(student, course.inviteLink)
  }
  await startClass(teacher, course.path)
  for (const student of people.slice(1)) {
    // One analyses: two cores cannot serve five analyses and six codecs at once.
    const consent = student.name === 'Ada' ? 'Allow' : 'Attend without it'
    await attendClass(student, course.path, consent)
  }
  for (const { name } of people.slice(1)) await expectVideoOf(teacher, name)
}

async function watch(
  url: string,
  people: readonly Person[],
  minutes: number,
  { say }: PartContext,
): Promise<readonly Figures[]> {
  const looks: Figures[] = []
  const end = Date.now() + minutes * 60_000
  while (Date.now() < end) {
    looks.push(await look(url, people))
    say(`${String(looks.length)}: ${JSON.stringify(looks.at(-1))}`)
    await after(LOOK_EVERY_MS)
  }
  return looks
}

async function look(url: string, browsers: readonly Person[]): Promise<Figures> {
  const figures: Figures = {}
  for (const part of ['web', 'sfu', 'worker', 'database'] as const satisfies Process[]) {
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

interface Growth {
  readonly name: string
  readonly early: number
  readonly late: number
  readonly growth: number
  readonly grows: boolean
}

function growthOf(looks: readonly Figures[]): readonly Growth[] {
  const half = looks.slice(Math.floor(looks.length / 2))
  const quarter = Math.max(1, Math.floor(half.length / 2))
  return Object.keys(half[0] ?? {}).map((name) => {
    const series = half.map((figures) => figures[name] ?? Number.NaN)
    const [early, late] = [median(series.slice(0, quarter)), median(series.slice(-quarter))]
    const most = name.endsWith('MiB') ? MOST_GROWTH.MiB : MOST_GROWTH.pieces
    return { name, early, late, growth: late - early, grows: late - early > most }
  })
}

function tableOf(rows: readonly Growth[]): Table {
  return {
    title: 'A class that goes on: the third quarter and the last',
    columns: ['figure', 'before', 'after', 'growth', ''],
    rows: rows.map(({ name, early, late, growth, grows }) => [
      name,
      figure(early),
      figure(late),
      figure(growth),
      grows ? 'grows' : '',
    ]),
  }
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
