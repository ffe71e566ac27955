/**
 * When the lesson itself may need a change: a rule over totals as shown. It must never know a person,
 * and never count an interval whose totals were not shown.
 */
import type { ClassTotals } from '../../_vault/verbs.ts'
import { NEGATIVE_EMOTIONS } from '../../_wire/emotions.ts'
import { clearOf, type MoodCounts } from './slices.ts'

/** Shown intervals that must agree before anything is said. */
export const IN_A_ROW = 3

/** Whether more than half of the clear readings were negative. */
export function mostlyNegative(counts: MoodCounts): boolean {
  const negative = NEGATIVE_EMOTIONS.reduce((sum, emotion) => sum + counts[emotion], 0)
  return negative * 2 > clearOf(counts)
}

/**
 * Whether the newest shown intervals were all mostly negative. Intervals with too few readings were
 * not shown, and neither break a row nor count in it.
 */
export function needsChange(timeline: readonly ClassTotals[]): boolean {
  const shown = timeline.flatMap(({ counts, tooFew }) => (tooFew || !counts ? [] : [counts]))
  return shown.length >= IN_A_ROW && shown.slice(-IN_A_ROW).every(mostlyNegative)
}
