/**
 * Medians, quantiles and spread of repeated measurements, and whether repeats agree well enough to say anything. Pure.
 */

/** Value below which this share of the values lies, between neighbours in proportion; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const low = sorted[Math.floor(place)] ?? Number.NaN
  const high = sorted[Math.ceil(place)] ?? Number.NaN
  return low + (high - low) * (place - Math.floor(place))
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** Repeats of one measurement, in few numbers. */
export interface Summary {
  readonly n: number
  readonly median: number
  readonly p95: number
  readonly min: number
  readonly max: number
  /** Half the distance between the quartiles, as a share of the median. */
  readonly spread: number
}

export function summarize(values: readonly number[]): Summary {
  const middle = median(values)
  return {
    n: values.length,
    median: middle,
    p95: quantile(values, 0.95),
    min: Math.min(...values),
    max: Math.max(...values),
    spread: (quantile(values, 0.75) - quantile(values, 0.25)) / 2 / Math.abs(middle),
  }
}

/** Above this spread, or with fewer than three repeats, a run says that it cannot tell. */
export const NOISY_SPREAD = 0.15
const FEWEST = 3

export function isNoisy({ n, spread }: Pick<Summary, 'n' | 'spread'>): boolean {
  return n < FEWEST || !(spread <= NOISY_SPREAD)
}

/**
 * How many times as much one costs as another: the median of the ratios of turns that lay beside each other, so that
 * what slows the whole machine for a while does not count.
 * @param ours,theirs by turn, in the same order
 */
export function ratioOfTurns(ours: readonly number[], theirs: readonly number[]): Summary {
  return summarize(ours.slice(0, theirs.length).map((value, turn) => value / (theirs[turn] ?? NaN)))
}

/** A ratio in words for a table; one too noisy to tell says so. */
export function ratioText(ratio: Summary): string {
  const text = `${ratio.median.toFixed(2)} ±${(ratio.spread * ratio.median).toFixed(2)}`
  return isNoisy(ratio) ? `${text} (too noisy to tell)` : text
}
