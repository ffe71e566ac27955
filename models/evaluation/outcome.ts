/**
 * What a run over a set hands to the report. Numbers alone; it must never hold a picture.
 */
import type { Prediction } from './figures.ts'

/** Predictions of a set, and the median time a picture. */
export interface Outcome {
  readonly predictions: readonly Prediction[]
  readonly milliseconds: number
}

/** The middle value; 0 of none. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
