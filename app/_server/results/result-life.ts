/** How long a submitted result stays: its own limit, or the school's for readings where that is shorter. */
import { RESULT_DAYS } from '../../_wire/results.ts'

const DAY_MS = 86_400_000

/** @param readingsMaxDays the school's limit */
export function resultLifeMs(readingsMaxDays: number): number {
  return Math.min(RESULT_DAYS, readingsMaxDays) * DAY_MS
}
