/**
 * From totals to the slices of the donut: pure geometry and counting. It must never invent a share:
 * the parts sum to the number of students present.
 */
import type { ClassTotals } from '../../_vault/verbs.ts'
import { EMOTIONS } from '../../_wire/emotions.ts'

/** Clockwise from the top; what is unclear comes last. */
export const MOOD_PARTS = [...EMOTIONS, 'unclear'] as const
export type MoodPart = (typeof MOOD_PARTS)[number]

export type MoodCounts = Readonly<Record<MoodPart, number>>

export type Slice = { part: MoodPart; count: number }

/** The parts that somebody is in, in their fixed order. */
export function slicesOf(counts: MoodCounts): readonly Slice[] {
  return MOOD_PARTS.map((part) => ({ part, count: counts[part] })).filter(({ count }) => count > 0)
}

/** How many gave a clear reading. */
export function clearOf(counts: MoodCounts): number {
  return MOOD_PARTS.reduce((sum, part) => (part === 'unclear' ? sum : sum + counts[part]), 0)
}

/** Counts of totals that may be shown; null below the minimum group. */
export function countsOf(totals: ClassTotals): MoodCounts | null {
  return totals.tooFew ? null : totals.counts
}

export const NO_COUNTS: MoodCounts = {
  neutral: 0,
  happy: 0,
  sad: 0,
  surprise: 0,
  fear: 0,
  disgust: 0,
  anger: 0,
  contempt: 0,
  unclear: 0,
}

/**
 * Shares on the way from one reading to the next.
 *
 * @param progress 0 (as `from`) to 1 (as `to`)
 */
export function between(from: MoodCounts, to: MoodCounts, progress: number): MoodCounts {
  const sharesOf = (counts: MoodCounts): number =>
    MOOD_PARTS.reduce((sum, part) => sum + counts[part], 0) || 1
  const fromTotal = sharesOf(from)
  const toTotal = sharesOf(to)
  const mixed = MOOD_PARTS.map((part) => {
    const start = from[part] / fromTotal
    return [part, start + (to[part] / toTotal - start) * progress] as const
  })
  return { ...NO_COUNTS, ...Object.fromEntries(mixed) }
}
