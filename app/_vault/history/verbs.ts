/**
 * The words between a page and the vault about histories: types alone. A page is given totals as they were shown, and a
 * person's own readings; what another person's record says is in one answer alone, `courseReadings`, for course admins
 * whose students agreed to it.
 */
import type { ClassTotals, EmotionName, EngagementCode, MyReading, OwnCourse } from '../verbs.ts'

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

/** One reading of one student, as a course admin under `full-history` may see it. */
export interface StudentReading {
  readonly accountId: string
  readonly classId: string
  /** When its interval began, in milliseconds since 1970. */
  readonly at: number
  readonly kind: 'none' | 'expression' | 'check-in'
  /** Null when the reading was unclear. */
  readonly emotion: EmotionName | null
  readonly engagement: EngagementCode
  readonly confidence: number
}

export interface CourseReadings {
  readonly readings: readonly StudentReading[]
  readonly students: readonly { readonly accountId: string; readonly name: string }[]
  /** The classes that were opened, newest first. */
  readonly classes: readonly Pick<
    ClassHistory,
    'classId' | 'startedAt' | 'endedAt' | 'expiredAt' | 'problems'
  >[]
  readonly more: boolean
}

/** One generation of a course's key. */
export interface CourseKey {
  readonly number: number
  readonly createdAt: number
  readonly mine: boolean
  /** Teachers of now who have it. */
  readonly holders: readonly string[]
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
  /** Readings by student, for a course admin under `full-history`; every opening is seen by the students. */
  courseReadings: {
    args: { courseId: string; last?: number | undefined; before?: number | undefined }
    answer: CourseReadings
  }
  /** The own readings of one course (or of all), opened on this device. */
  myReadings: {
    args: { courseId?: string | undefined }
    /** `unopened`: parts and records that did not open with the keys of this account. */
    answer: {
      readings: readonly MyReading[]
      unopened: number
      /** Every course that there is something to erase of. */
      courses: readonly OwnCourse[]
    }
  }
  /** Erases the own readings of a course up to now, at web and on this device; nobody else is needed. */
  eraseReadings: { args: { courseId: string }; answer: Record<string, never> }
  /** Who holds which of a course's keys; `mine` is what this vault really opens. */
  historyKeys: { args: { courseId: string }; answer: { generations: readonly CourseKey[] } }
  /** Seals every key that this account holds to another teacher, whose name was confirmed on screen. */
  handOver: {
    args: { courseId: string; accountId: string; confirmedName: string }
    answer: Record<string, never>
  }
  /** Makes a new key for a course whose newest one this teacher cannot open; its old history stays closed. */
  startAfresh: { args: { courseId: string }; answer: Record<string, never> }
}

export interface HistoryEvents {
  /** Classes opened so far, of how many. */
  historyProgress: { courseId: string; done: number; total: number }
}
