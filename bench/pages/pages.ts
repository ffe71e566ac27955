/**
 * `npm run bench -- pages`: script by route from real loads, when lobby and room are usable on a slow processor, and
 * what the analysis costs the main thread during a class. It must never report a page that did not come up.
 */
import { openSchool } from '../../e2e/support/school.ts'
import {
  allowExpressionAnalysis,
  attendClass,
  createCourse,
  joinCourse,
  openPerson,
  signUp,
  startClass,
  type Person,
} from '../../e2e/support/people.ts'
import type { Part, PartContext, Table } from '../report/part.ts'
import { isNoisy, summarize } from '../report/statistics.ts'
import { figure, percent } from '../report/tables.ts'
import { awaitReading, measureAnalysis, watchBursts, type AnalysisTurn } from './analysis.ts'
import { measureInteractive, SLOWDOWN, type Interactive } from './interactive.ts'
import { installWatch } from './main-thread.ts'
import { ScriptScale, weigh, type Weight } from './weight.ts'

const INTERVAL_SECONDS = 5

interface Scene {
  readonly teacher: Person
  readonly student: Person
  readonly coursePath: string
}

async function open(url: string): Promise<Scene> {
  const teacher = await openPerson('Tara Teacher', url)
  const student = await openPerson('Sam Student', url, ['smiling'])
  await signUp(teacher)
  await allowExpressionAnalysis(teacher)
  const { path, inviteLink } = await createCourse(teacher, 'Physics 10', {
    readings: 'Expression analysis',
    intervalSeconds: INTERVAL_SECONDS,
    minimumGroup: 2,
  })
  await joinCourse(student, inviteLink)
  return { teacher, student, coursePath: path }
}

/** Routes outside a class, each in a tab of its own, and lobby and room as a student goes through them. */
async function weighRoutes(scene: Scene): Promise<readonly (readonly [string, Weight])[]> {
  const { teacher, student, coursePath } = scene
  const weights: (readonly [string, Weight])[] = []
  const inTab = async (name: string, address: string, of: Person): Promise<void> => {
    const tab = await of.context.newPage()
    weights.push([name, await weigh(tab, address)])
    await tab.close()
  }
  const stranger = await openPerson('Stranger', new URL(teacher.page.url()).origin)
  try {
    await inTab('/sign-in', '/sign-in', stranger)
    await inTab('/sign-up', '/sign-up', stranger)
  } finally {
    await stranger.close()
  }
  await inTab('/courses', '/courses', student)
  await inTab('/courses/[id] (student)', coursePath, student)
  await inTab('/courses/[id] (teacher)', coursePath, teacher)
  await inTab('/account', '/account', student)
  await inTab('/analyze', '/analyze', student)
  await inTab('/support', '/support', student)
  await inTab('/admin', '/admin', teacher)
  await startClass(teacher, coursePath)
  weights.push(...(await weighClass(scene)))
  return weights
}

async function weighClass({
  student,
  coursePath,
}: Scene): Promise<readonly (readonly [string, Weight])[]> {
  const page = await student.context.newPage()
  await page.goto(coursePath)
  const href = await page.getByRole('link', { name: 'Join class' }).getAttribute('href')
  const lobby = await weigh(page, href ?? '')
  const scale = new ScriptScale(page)
  await page.getByRole('button', { name: 'Join class' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Allow', exact: true }).waitFor()
  await page.waitForLoadState('networkidle')
  const before = await scale.read()
  await page.getByRole('dialog').getByRole('button', { name: 'Allow', exact: true }).click()
  await awaitReading(page)
  await page.waitForLoadState('networkidle')
  const after = await scale.read()
  scale.stop()
  await page.close()
  return [
    ['/class/[id] lobby', lobby],
    ['… and room, before consent', sum(lobby, before)],
    ['… and after *Allow*', sum(lobby, after)],
  ]
}

const sum = (one: Weight, other: Weight): Weight => ({
  files: one.files + other.files,
  plain: one.plain + other.plain,
  gzip: one.gzip + other.gzip,
  workers: one.workers + other.workers,
})

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(0)

function weightTable(weights: readonly (readonly [string, Weight])[]): Table {
  return {
    title: 'Script by route, empty cache (KB of 1,000 bytes)',
    columns: ['route', 'files', 'gzip', 'of it in workers', 'plain'],
    rows: weights.map(([route, weight]) => [
      route,
      String(weight.files),
      kilobytes(weight.gzip),
      kilobytes(weight.workers),
      kilobytes(weight.plain),
    ]),
  }
}

function interactiveTable(measured: readonly Interactive[]): Table {
  return {
    title: `Time to interactive, processor slowed ${String(SLOWDOWN)} times (ms)`,
    columns: ['page', 'median', 'min', 'max', 'first paint', 'longest task', 'loads'],
    rows: measured.map(({ name, free, paint, longest }) => {
      const summary = summarize(free)
      return [
        name,
        figure(summary.median),
        figure(summary.min),
        figure(summary.max),
        paint.length === 0 ? '–' : figure(summarize(paint).median),
        figure(summarize(longest).median),
        String(summary.n),
      ]
    }),
  }
}

function analysisTable(turns: readonly AnalysisTurn[]): Table {
  const row = (name: string, pick: (turn: AnalysisTurn) => number, show: (v: number) => string) => {
    const { median, min, max } = summarize(turns.map(pick))
    return [name, show(median), show(min), show(max)]
  }
  return {
    title: `A student's main thread in class, a reading every ${String(INTERVAL_SECONDS)} s, analysis off and on in turns`,
    columns: ['', 'median', 'min', 'max'],
    rows: [
      row('busy, analysis off', ({ off }) => off.busy, percent),
      row('busy, analysis on', ({ on }) => on.busy, percent),
      row('added, of all time', ({ on, off }) => on.busy - off.busy, percent),
      row('ms a reading', ({ on, off }) => (on.busy - off.busy) * INTERVAL_SECONDS * 1000, figure),
      row('long tasks a minute, off', ({ off }) => off.longTasks, figure),
      row('long tasks a minute, on', ({ on }) => on.longTasks, figure),
      row('ms in long tasks a minute, off', ({ off }) => off.longMs, figure),
      row('ms in long tasks a minute, on', ({ on }) => on.longMs, figure),
      row('busy while worker and models start', ({ loading }) => loading.busy, percent),
      row('long tasks a minute meanwhile', ({ loading }) => loading.longTasks, figure),
    ],
  }
}

function burstTable(turns: readonly AnalysisTurn[]): Table {
  const { median, p95, min, max, n } = summarize(turns.flatMap(({ bursts }) => bursts))
  return {
    title: 'One burst of the camera in class, a second of waiting between its frames included (ms)',
    columns: ['', 'median', 'p95', 'min', 'max', 'bursts'],
    rows: [
      [
        'from asking for its first frame to its reading',
        ...[median, p95, min, max].map((ms) => figure(ms)),
        String(n),
      ],
    ],
  }
}

function notesOf(turns: readonly AnalysisTurn[], loads: readonly Interactive[]): string[] {
  const added = turns.map(({ on, off }) => on.busy - off.busy)
  const notes = [
    `Analysis adds ${percent(summarize(added).median)} of main-thread time at one reading every ${String(INTERVAL_SECONDS)} s (aim: under 5 %).`,
  ]
  // The difference is what is told: its own range decides, not its share of a small number.
  if (added.length < 3 || Math.max(...added) - Math.min(...added) > 0.05)
    notes.push('The turns with and without analysis differ too much among themselves to tell.')
  for (const { name, free } of loads)
    if (isNoisy(summarize(free))) notes.push(`${name}: the loads differ too much to tell.`)
  return notes
}

async function measure(url: string, context: PartContext) {
  const { quick, say } = context
  const scene = await open(url)
  const { teacher, student, coursePath } = scene
  try {
    say('weighing scripts')
    const weights = await weighRoutes(scene)
    say('loading lobby and room on a slow processor')
    const loads = await measureInteractive(student, coursePath, quick ? 1 : 5)
    say('a class with analysis off and on in turns')
    await installWatch(student.page)
    await watchBursts(student.page)
    await attendClass(student, coursePath, null)
    const turns = await measureAnalysis(student.page, {
      turns: quick ? 1 : 4,
      windowMs: INTERVAL_SECONDS * 1000 * 6,
    })
    return { weights, loads, turns }
  } finally {
    await Promise.all([teacher.close(), student.close()])
  }
}

export const pages: Part = async (context) => {
  const { school, close } = await openSchool({ relayed: false, settings: {} })
  try {
    const { weights, loads, turns } = await measure(school.url, context)
    return {
      tables: [
        weightTable(weights),
        interactiveTable(loads),
        analysisTable(turns),
        burstTable(turns),
      ],
      notes: notesOf(turns, loads),
      figures: { weights: Object.fromEntries(weights), loads, turns },
    }
  } finally {
    await close()
  }
}
