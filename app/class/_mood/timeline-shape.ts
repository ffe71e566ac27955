/**
 * The geometry of the timeline: bands of shares over time, from totals as shown. It must never bridge
 * a gap: where nothing was shown, nothing is drawn.
 */
import { area, scaleLinear, stack } from 'd3'
import type { ClassTotals } from '../../_vault/verbs.ts'
import { MOOD_PARTS, type MoodPart } from './slices.ts'

/** What one step of the timeline is made of: shares that sum to 1, or null where nothing was shown. */
export type Shares<Part extends string> = Readonly<Record<Part, number>> | null

export const ENGAGEMENT_PARTS = [
  'engaged',
  'partiallyEngaged',
  'notEngaged',
  'distracted',
  'unclear',
] as const
export type EngagementPart = (typeof ENGAGEMENT_PARTS)[number]

/** One interval of the class. */
export type Step<Part extends string> = { interval: number; shares: Shares<Part> }

/** One band of one part; `d` is an SVG path in the given size. */
export type Band<Part extends string> = { part: Part; d: string }

/** Emotions by interval. */
export function emotionSteps(timeline: readonly ClassTotals[]): Step<MoodPart>[] {
  return timeline.map(({ interval, counts }) => ({
    interval,
    shares: counts && sharesOf(MOOD_PARTS, counts),
  }))
}

/** Engagement by interval. */
export function engagementSteps(timeline: readonly ClassTotals[]): Step<EngagementPart>[] {
  return timeline.map(({ interval, engagement }) => ({
    interval,
    shares: engagement && sharesOf(ENGAGEMENT_PARTS, engagement),
  }))
}

function sharesOf<Part extends string>(
  parts: readonly Part[],
  counts: Readonly<Record<Part, number>>,
): Shares<Part> {
  const total = parts.reduce((sum, part) => sum + counts[part], 0)
  if (total === 0) return null
  const shares: Record<Part, number> = { ...counts }
  for (const part of parts) shares[part] = counts[part] / total
  return shares
}

/** First and last interval that the timeline spans; at least `least` intervals, so that it grows calmly. */
export function spanOf(
  steps: readonly { interval: number }[],
  least: number,
): readonly [number, number] {
  const first = steps[0]?.interval ?? 0
  const last = steps.at(-1)?.interval ?? 0
  return [first, Math.max(first + least, last + 1)]
}

/**
 * Stacked bands, each interval as wide as every other.
 *
 * @param parts from the bottom upwards
 */
export function bandsOf<Part extends string>(
  steps: readonly Step<Part>[],
  parts: readonly Part[],
  size: { width: number; height: number; span: readonly [number, number] },
): Band<Part>[] {
  const x = scaleLinear(size.span, [0, size.width])
  const y = scaleLinear([0, 1], [size.height, 0])
  const shown = steps.flatMap(({ interval, shares }) => (shares ? [{ interval, shares }] : []))
  const series = stack<(typeof shown)[number], Part>()
    .keys(parts)
    .value(({ shares }, part) => shares[part])(shown)
  type Edge = { at: number; low: number; high: number; gap: boolean }
  const shape = area<Edge>()
    .defined(({ gap }) => !gap)
    .x(({ at }) => x(at))
    .y0(({ low }) => y(low))
    .y1(({ high }) => y(high))
  return series.map((layer) => {
    const edges = layer.flatMap((point, index): Edge[] => {
      const { interval } = point.data
      const [low, high] = point
      const before = shown[index - 1]
      const apart = before !== undefined && before.interval !== interval - 1
      const own: Edge[] = [
        { at: interval, low, high, gap: false },
        { at: interval + 1, low, high, gap: false },
      ]
      return apart ? [{ at: interval, low: 0, high: 0, gap: true }, ...own] : own
    })
    return { part: layer.key, d: shape(edges) ?? '' }
  })
}

/** Stretches in which nothing was shown, as intervals from (inclusive) and to (exclusive). */
export function gapsOf(steps: readonly Step<string>[]): readonly { from: number; to: number }[] {
  const gaps: { from: number; to: number }[] = []
  for (const { interval, shares } of steps) {
    if (shares) continue
    const last = gaps.at(-1)
    if (last?.to === interval) last.to = interval + 1
    else gaps.push({ from: interval, to: interval + 1 })
  }
  return gaps
}
