/**
 * The class so far: totals as the vault showed or stored them, one an interval. It must never count
 * anything anew: a total that is here already stays as it was shown.
 */
import type { ClassTotals } from '../../_vault/verbs.ts'

/**
 * The timeline with more totals taken in, in the order of their intervals.
 *
 * @returns the same array when nothing is new
 */
export function withTotals(
  timeline: readonly ClassTotals[],
  more: readonly ClassTotals[],
): readonly ClassTotals[] {
  const known = new Map(timeline.map((totals) => [totals.interval, totals]))
  for (const totals of more) {
    if (!known.has(totals.interval)) known.set(totals.interval, totals)
  }
  if (known.size === timeline.length) return timeline
  return [...known.values()].sort((one, other) => one.interval - other.interval)
}
