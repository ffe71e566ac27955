/**
 * `npm run bench -- joining`: from the click on *Join class* to the first remote frame in Chromium. It must never leave
 * out a join because it was slow.
 */
import { CAMERA_FRAMES } from '../../e2e/support/faces.ts'
import {
  allowExpressionAnalysis,
  attendClass,
  createCourse,
  joinCourse,
  openPerson,
  signUp,
  startClass,
} from '../../e2e/support/people.ts'
import { openSchool } from '../../e2e/support/school.ts'
import type { Part, PartContext, Table } from '../report/part.ts'
import { median, summarize } from '../report/statistics.ts'
import { figure } from '../report/tables.ts'
import { joinOnce, momentOf, type BrowserJoin } from './browser.ts'

/** Steps on the way, in their order; the times between them say where a join spends its time. */
const STEPS = [
  'socket open',
  'join answered',
  'createTransport answered',
  'setRtpCapabilities answered',
  'consume answered',
  'media connected',
  'resumeConsumer answered',
  'tile with video',
] as const

/** Joins of one student into a class with a teacher, one after another. */
async function browserJoins(url: string, joins: number, say: PartContext['say']) {
  // A first picture waits for the camera's next one: tests' slower cameras would be measured along.
  const camera = { framesPerSecond: CAMERA_FRAMES }
  const teacher = await openPerson('Tara Teacher', url, ['calm'], camera)
  const student = await openPerson('Sam Student', url, ['smiling'], camera)
  try {
    await signUp(teacher)
    await allowExpressionAnalysis(teacher)
    const { path, inviteLink } = await createCourse(teacher, 'Physics 10', {
      readings: 'Expression analysis',
      intervalSeconds: 60,
    })
    await joinCourse(student, inviteLink)
    await startClass(teacher, path)
    // The consent is answered once, and what the browser caches is there, as for anyone's second class.
    await attendClass(student, path, 'Attend without it')
    const classPath = new URL(student.page.url()).pathname
    await student.page.goto('about:blank')
    const measured: BrowserJoin[] = []
    for (let n = 0; n < joins; n++) {
      measured.push(await joinOnce(student, classPath, teacher.name))
      say(`join ${String(n + 1)} of ${String(joins)}: ${figure(measured[n]?.frame, 'ms')}`)
    }
    return measured
  } finally {
    await Promise.all([teacher.close(), student.close()])
  }
}

function browserTables(joins: readonly BrowserJoin[]): readonly Table[] {
  const { n, median: p50, p95, min, max } = summarize(joins.map(({ frame }) => frame))
  const steps = STEPS.map((step) => [
    step,
    figure(median(joins.map((join) => momentOf(join, step)).filter(Number.isFinite))),
  ])
  return [
    {
      title: 'Click on Join class to the first remote frame, Chromium (ms)',
      columns: ['joins', 'p50', 'p95', 'min', 'max'],
      rows: [[String(n), figure(p50), figure(p95), figure(min), figure(max)]],
    },
    {
      title: 'The steps of it, after the click (median ms)',
      columns: ['step', 'ms'],
      rows: [...steps, ['first remote frame', figure(p50)]],
    },
  ]
}

export const joining: Part = async ({ quick, say }) => {
  const { school, close } = await openSchool({ relayed: false, settings: {} })
  try {
    const joins = await browserJoins(school.url, quick ? 3 : 20, say)
    const { median: p50, p95 } = summarize(joins.map(({ frame }) => frame))
    const slow = joins.filter(({ frame }) => frame > 2 * p95)
    return {
      tables: browserTables(joins),
      notes: [
        `Aims: p50 under 1,000 ms (here ${figure(p50)}), p95 under 2,000 ms (here ${figure(p95)}).`,
        ...slow.map(({ frame }) => `One join took ${figure(frame)} ms.`),
      ],
      figures: { joins },
    }
  } finally {
    await close()
  }
}
