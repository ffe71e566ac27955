/**
 * Counts one interval: pure, so that it can be checked against its contract. Only enrolled students count, one each;
 * with fewer clear readings than the minimum group nothing but their number is told. It must never see who read what
 * beyond one reading a student.
 */
import { EMOTIONS } from '../../_wire/emotions.ts'
import type { RecordBody } from '../format/record.ts'
import type { Totals } from '../format/totals.ts'

const UNCLEAR = EMOTIONS.length
const FLOOR = 2

/** True for a reading that counts as an emotion. */
export function isClear(body: RecordBody): boolean {
  return body.kind !== 'none' && body.quality === 0
}

/** Index of the emotion with the greatest probability; the earlier one where two are equal. */
export function strongest(probabilities: readonly number[]): number {
  return probabilities.reduce((best, p, i) => (p > (probabilities[best] ?? 0) ? i : best), 0)
}

/** Of two records of one student in one interval the one to count: clear before unclear, else the earlier. */
export function prefer(first: RecordBody, second: RecordBody): RecordBody {
  return !isClear(first) && isClear(second) ? second : first
}

/**
 * Totals of an interval.
 * @param readings at most one record for each enrolled student who sent one
 * @param present how many enrolled students count: present at the end, or with a record
 * @param minimumGroup clear readings needed; never less than 2
 */
export function countInterval(
  interval: number,
  at: number,
  readings: readonly RecordBody[],
  present: number,
  minimumGroup: number,
): Totals {
  const total = Math.max(present, readings.length)
  const clear = readings.filter(isClear)
  if (clear.length < Math.max(FLOOR, minimumGroup)) return { interval, at, total, shown: null }
  const counts = Array.from({ length: UNCLEAR + 1 }, () => 0)
  const engagement = [0, 0, 0, 0, 0]
  const add = (to: number[], index: number, by: number): void => {
    to[index] = (to[index] ?? 0) + by
  }
  for (const body of clear) add(counts, strongest(body.probabilities), 1)
  for (const body of readings) add(engagement, body.kind === 'none' ? 0 : body.engagement, 1)
  add(counts, UNCLEAR, total - clear.length)
  add(engagement, 0, total - readings.length)
  return { interval, at, total, shown: { counts, engagement } }
}
