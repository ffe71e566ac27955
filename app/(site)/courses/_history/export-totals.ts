/**
 * A course's totals as files for a teacher: every interval as it was shown. Where too few gave clear readings the
 * figures stay empty, since they were never stored. Pure; the page saves what comes out.
 */
import Papa from 'papaparse'
import type { ClassHistory } from '../../../_vault/history/verbs.ts'
import { EMOTIONS } from '../../../_wire/emotions.ts'
import { ENGAGEMENT } from './shares.ts'

const HEAD = [
  'class',
  'classStartedAt',
  'interval',
  'intervalEndedAt',
  'students',
  'tooFewToShow',
  ...EMOTIONS,
  'unclear',
  ...ENGAGEMENT,
  'engagementUnclear',
]

const iso = (at: number): string => new Date(at).toISOString()

/** One line an interval, oldest class first. */
export function totalsAsCsv(classes: readonly ClassHistory[]): string {
  const rows = oldestFirst(classes).flatMap((cls) =>
    cls.intervals.map(({ interval, at, total, tooFew, counts, engagement }) => [
      cls.classId,
      iso(cls.startedAt),
      interval,
      iso(at),
      total,
      tooFew,
      ...[...EMOTIONS, 'unclear' as const].map((part) => counts?.[part] ?? ''),
      ...[...ENGAGEMENT, 'unclear' as const].map((part) => engagement?.[part] ?? ''),
    ]),
  )
  return Papa.unparse([HEAD, ...rows])
}

/** The same with the classes' own settings, and what was found wrong in them. */
export function totalsAsJson(courseName: string, classes: readonly ClassHistory[]): string {
  const shown = oldestFirst(classes).map((cls) => ({
    class: cls.classId,
    startedAt: iso(cls.startedAt),
    endedAt: cls.endedAt === null ? null : iso(cls.endedAt),
    intervalSeconds: cls.intervalSeconds,
    minimumGroup: cls.minimumGroup,
    problems: cls.problems.map(({ code, count }) => ({ code, count })),
    intervals: cls.intervals.map(({ interval, at, total, tooFew, counts, engagement }) => ({
      interval,
      endedAt: iso(at),
      students: total,
      tooFewToShow: tooFew,
      mood: counts,
      engagement,
    })),
  }))
  return JSON.stringify({ course: courseName, classes: shown }, null, 2)
}

function oldestFirst(classes: readonly ClassHistory[]): readonly ClassHistory[] {
  return classes.toSorted((a, b) => a.startedAt - b.startedAt)
}
