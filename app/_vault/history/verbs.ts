/**
 * The words between a page and the vault about histories: types alone. A page is given totals as they were shown, and a
 * person's own readings; no answer here may carry what another person's record says.
 */
import type { ClassTotals, MyReading } from '../verbs.ts'

/** Something wrong in a stored class; `code` and `message` are those of `errors.ts`. */
export interface HistoryProblem {
  readonly code: string
  readonly message: string
  /** How many pieces it touches. */
  readonly count: number
}

/** One class of a course's history, as a page may see it. */
export interface ClassHistory {
  readonly classId: string
  readonly startedAt: number
  readonly endedAt: number | null
  readonly intervalSeconds: number
  readonly minimumGroup: number
  /** When its readings had had their time and were deleted; null while they are kept. */
  readonly expiredAt: number | null
  /** Totals as they were shown, one an interval, in their order; `tooFew` where nothing was shown. */
  readonly intervals: readonly ClassTotals[]
  readonly problems: readonly HistoryProblem[]
}

export interface CourseHistory {
  /** Newest first. */
  readonly classes: readonly ClassHistory[]
  /** True: there are older ones; ask again with `before`. */
  readonly more: boolean
  /** Starts of classes that were seen before and that web does not list any more. */
  readonly missing: readonly number[]
}

export interface HistoryVerbs {
  /**
   * Opens the stored totals of a course's classes, newest first, for a holder of its keys.
   * While it works `historyProgress` is emitted.
   */
  courseTotals: {
    args: { courseId: string; last?: number | undefined; before?: number | undefined }
    answer: CourseHistory
  }
  /** The own readings of one course (or of all), opened on this device. */
  myReadings: {
    args: { courseId?: string | undefined }
    answer: { readings: readonly MyReading[] }
  }
}

export interface HistoryEvents {
  /** Classes opened so far, of how many. */
  historyProgress: { courseId: string; done: number; total: number }
}
