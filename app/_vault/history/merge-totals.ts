/**
 * Which totals of a class count where two writers stored some for one interval (a hand-over in which neither could see
 * the other's). Both were shown, so one of them is taken as it stands, the same one whatever the order of reading. It
 * must never compute a total.
 */
import type { Totals } from '../format/totals.ts'

/** One for each interval, in their order. */
export function mergeTotals(all: readonly Totals[]): readonly Totals[] {
  const byInterval = new Map<number, Totals>()
  for (const totals of all) {
    const other = byInterval.get(totals.interval)
    byInterval.set(totals.interval, other ? fuller(other, totals) : totals)
  }
  return [...byInterval.values()].sort((a, b) => a.interval - b.interval)
}

/** The one that counted more students; of equal ones the one that was shown, then the greater in its figures. */
function fuller(a: Totals, b: Totals): Totals {
  const [first, second] = [rank(a), rank(b)]
  for (const [at, value] of first.entries()) {
    const other = second[at] ?? -1
    if (value !== other) return value > other ? a : b
  }
  return a
}

function rank({ total, shown, at }: Totals): number[] {
  return [total, shown ? 1 : 0, ...(shown ? [...shown.counts, ...shown.engagement] : []), at]
}
