/**
 * What a page can see of the readings of a class: never a reading of anybody but oneself, and totals
 * only as the vault hands them out.
 */
import type { ClassEntry, ClassTotals, EmotionName, OwnReading } from '../../_vault/verbs.ts'

/**
 * - `off`: this person takes no part (a guest), or the class has no readings
 * - `starting`: the vault is being asked
 * - `locked`: the vault needs the password
 * - `running`: the vault is in the class; see `entry` for what it does there
 * - `failed`: the vault refused; see `problem`
 */
export type ReadingsStatus = 'off' | 'starting' | 'locked' | 'running' | 'failed'

/** Expression analysis on this device. */
export type AnalysisStatus = 'off' | 'loading' | 'on' | 'failed'

export type ReadingsState = {
  status: ReadingsStatus
  /** What the vault says of this class; null until it is in. */
  entry: ClassEntry | null
  analysis: AnalysisStatus
  /** A student's last own reading that left this device; `reading` null when it was of kind none. */
  last: { interval: number; reading: OwnReading | null } | null
  /** What the student tapped for the interval that runs, until it has left. */
  tapped: EmotionName | null
  /** A teacher's: totals of the last interval. */
  totals: ClassTotals | null
  /** A teacher's: totals of the class so far as shown, one an interval, in their order. */
  timeline: readonly ClassTotals[]
  /** The code and sentence of the last problem; null when there is none. */
  problem: { code: string; message: string } | null
}

export const READINGS_OFF: ReadingsState = {
  status: 'off',
  entry: null,
  analysis: 'off',
  last: null,
  tapped: null,
  totals: null,
  timeline: [],
  problem: null,
}
