/** What the history page counts and leaves out. Pure, so that it can be checked. */
import { ENGAGEMENTS } from '../../_wire/emotions.ts'
import type { StudentReading } from '../../_vault/history/verbs.ts'

export interface HistoryFilter {
  /** One student, or everyone where it is empty. */
  readonly student: string
  /** Number of an engagement, or any where it is empty. */
  readonly engagement: string
  /** Milliseconds since 1970: from inclusive, to exclusive; open where null. */
  readonly from: number | null
  readonly to: number | null
}

/** The readings that fit, newest first. */
export function fitting(
  readings: readonly StudentReading[],
  { student, engagement, from, to }: HistoryFilter,
): StudentReading[] {
  return readings
    .filter(
      (reading) =>
        (student === '' || reading.accountId === student) &&
        (engagement === '' || reading.engagement === Number(engagement)) &&
        (from === null || reading.at >= from) &&
        (to === null || reading.at < to),
    )
    .toSorted((a, b) => b.at - a.at || (a.accountId < b.accountId ? -1 : 1))
}

export const LOG_COLUMNS = ['when', 'student', 'emotion', 'engagement'] as const
export type LogColumn = (typeof LOG_COLUMNS)[number]

/** The log in the order of one column; unclear readings come last, and ties keep the order that they had. */
export function sorted(
  readings: readonly StudentReading[],
  by: LogColumn,
  order: 'asc' | 'desc',
  names: ReadonlyMap<string, string>,
): StudentReading[] {
  const value = ({ accountId, at, emotion, engagement }: StudentReading): string | number =>
    ({
      when: at,
      student: names.get(accountId) ?? '',
      emotion: emotion ?? '\uffff',
      engagement: engagement === 0 ? ENGAGEMENTS.length : engagement,
    })[by]
  const compare = (a: string | number, b: string | number): number =>
    typeof a === 'string' || typeof b === 'string' ? String(a).localeCompare(String(b)) : a - b
  const way = order === 'asc' ? 1 : -1
  return readings.toSorted((a, b) => way * compare(value(a), value(b)))
}

export interface StudentSum {
  readonly accountId: string
  /** Readings by engagement, in the order of the numbers that records carry. */
  readonly counts: readonly number[]
  readonly total: number
}

/** How each student's readings spread over engagement. */
export function byStudent(readings: readonly StudentReading[]): StudentSum[] {
  const sums = new Map<string, number[]>()
  for (const { accountId, engagement } of readings) {
    const counts = sums.get(accountId) ?? ENGAGEMENTS.map(() => 0)
    counts[engagement] = (counts[engagement] ?? 0) + 1
    sums.set(accountId, counts)
  }
  return [...sums].map(([accountId, counts]) => ({
    accountId,
    counts,
    total: counts.reduce((sum, count) => sum + count, 0),
  }))
}
