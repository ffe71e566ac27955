/**
 * The words between a page and the vault worker: every verb with its arguments and its answer, and every event.
 * Types alone, so that any page may import them. A verb names an intention ("send this
 * reading", "totals of this class"); none may ever open, sign or hand out bytes that the page chooses, and no
 * answer or event may carry a key, a password-derived secret or another person's reading. (The recovery code is the
 * one secret that crosses, once, because a person has to write it down; `results/verbs.ts` names the one exception
 * for readings: what somebody submitted to this very account.)
 */

import type { ClassRole } from '../_wire/roles.ts'
import type { CourseRole } from '../_wire/roles.ts'
import type { Emotion } from '../_wire/emotions.ts'
import type { CourseSettings, ReadingsMode } from '../_wire/settings.ts'
import type { HistoryEvents, HistoryVerbs } from './history/verbs.ts'
import type { SupportEvents, SupportVerbs } from './support/verbs.ts'
import type { ResultVerbs } from './results/verbs.ts'

export type { ClassRole, CourseRole, ReadingsMode }
/** The eight emotions, in the order that every array of probabilities follows. */
export type EmotionName = Emotion
/** What a teacher chooses on the course page. */
export type CourseSettingsInput = CourseSettings
export type VaultState = 'starting' | 'signed-out' | 'locked' | 'unlocked'

/** Engagement codes of a record: 0 unclear, 1 engaged, 2 partially engaged, 3 not engaged, 4 distracted. */
export type EngagementCode = 0 | 1 | 2 | 3 | 4

/** What the expression worker read in one interval; structurally a subset of `app/_emotion`'s `Reading`. */
export interface ExpressionReading {
  readonly kind: 'expression' | 'none'
  /** Eight fractions of 1 in the order of {@link EmotionName}; all zero when nothing was read. */
  readonly probabilities: readonly number[]
  /** Fraction of 1. */
  readonly confidence: number
  readonly engagement: number
  /** Bits: 1 head turned away, 2 eyes closed, 4 face seen earlier in this class. */
  readonly behaviour: number
  /** 0 good, 1 no face, 2 turned away, 3 too dark, 4 too small, 5 low confidence, 6 no camera, 7 blurred. */
  readonly quality: number
}

/** What a student tapped. */
export interface CheckInReading {
  readonly kind: 'check-in'
  readonly emotion: EmotionName
}

export type OwnReading = ExpressionReading | CheckInReading

/** Who is signed in on this device. */
export interface VaultAccount {
  readonly accountId: string
  readonly name: string
  readonly email: string
}

export interface VaultStatus {
  readonly state: VaultState
  readonly account: VaultAccount | null
}

/** The consent that a class asks of a student before anything runs. */
export interface ConsentRequest {
  /** `none`: nothing to ask (readings off, or not a student). */
  readonly state: 'none' | 'ask' | 'allowed' | 'declined'
  /** Which text to show, e.g. `expression/1`; the page holds the wording by language. */
  readonly textId: string
  /** Who has to answer; `either` where the school asks guardians and does not know this person's age. */
  readonly by: 'self' | 'guardian' | 'either'
  /** The school's age below which a guardian answers; 0: never. */
  readonly age: number
}

/**
 * Why readings of a class pause although the course wants them. `no-class-key`: no teacher's vault has made one yet;
 * `generation-needed` and `settings-changed`: a teacher has to renew the course's keys, or to start a new class;
 * `teacher-key-changed`: this person has to confirm a teacher's new key; the others: signatures do not add up.
 */
export type PauseReason =
  | 'no-class-key'
  | 'generation-needed'
  | 'settings-changed'
  | 'teacher-key-changed'
  | 'class-key-not-vouched'
  | 'generation-broken'
  | 'roster-broken'
  | 'root-mismatch'

/** What a device knows on entering a class, and again whenever the class's readings settings change. */
export interface ClassEntry {
  readonly classId: string
  readonly courseId: string
  readonly role: ClassRole
  readonly readings: ReadingsMode
  readonly intervalSeconds: number
  /** Days after the class for which web keeps its records; 0 where there are none. */
  readonly keptDays: number
  readonly consent: ConsentRequest
  /** Null when readings run, or are off. */
  readonly paused: PauseReason | null
}

export interface PresentMember {
  readonly memberId: string
  readonly accountId: string
  readonly role: ClassRole
}

/** One own reading, opened from this device's history. */
export interface MyReading {
  readonly courseId: string
  readonly courseName: string
  readonly classId: string
  /** By web's clock, milliseconds since 1970. */
  readonly classStartedAt: number
  /** When its interval began. */
  readonly at: number
  readonly interval: number
  readonly kind: 'none' | 'expression' | 'check-in'
  /** Null when the reading was unclear. */
  readonly emotion: EmotionName | null
  readonly engagement: EngagementCode
  readonly probabilities: readonly number[]
  readonly confidence: number
  readonly quality: number
}

/** A course that web keeps pieces of one's own of. */
export interface OwnCourse {
  readonly courseId: string
  readonly courseName: string
  /** Those that opened. */
  readonly readings: number
  /** Pieces that did not open, and records that wait for a teacher; they can be erased all the same. */
  readonly closed: number
}

/** Keys of a course that this person has to confirm before readings go on. */
export interface KeysToConfirm {
  /** Something is to be confirmed. */
  readonly changed: boolean
  /** People whose keys changed; empty where this account itself began anew and knows nobody's. */
  readonly people: readonly {
    readonly accountId: string
    readonly name: string
    readonly role: CourseRole
    /** Of the new key, for comparing it aloud. */
    readonly fingerprint: string
  }[]
}

/** Verbs on the account itself. */
interface AccountVerbs {
  /** Looks at the session and this device's keys; unlocks silently when both halves of the device key are there. */
  status: { args: Record<string, never>; answer: VaultStatus }
  /** Makes all keys, creates the account, signs in. The recovery code is shown once and never stored. */
  signUp: {
    args: {
      name: string
      email: string
      password: string
      /** Token of an invitation that led here, where sign-up is by invitation. */
      invite?: string | undefined
      setUpCode?: string | undefined
    }
    answer: { account: VaultAccount; recoveryCode: string }
  }
  signIn: { args: { email: string; password: string }; answer: VaultAccount }
  /** Signs in by recovery code and sets a new password in the same step; every key is kept. */
  signInWithRecovery: {
    args: { email: string; recoveryCode: string; newPassword: string }
    answer: VaultAccount
  }
  unlock: { args: { password: string }; answer: VaultStatus }
  changePassword: {
    args: { currentPassword: string; newPassword: string }
    answer: Record<string, never>
  }
  /** Ends the session and removes this device's half of the device key; ends the workers of every tab. */
  signOut: { args: Record<string, never>; answer: Record<string, never> }
  /**
   * Puts new keys in the place of the present ones, signed by these; ends other sessions. What the old ones opened stays
   * open.
   */
  renewKeys: { args: { password: string }; answer: Record<string, never> }
  /** Another tab has renewed the own keys, or confirmed others': this one takes them over. */
  reloadKeys: { args: Record<string, never>; answer: Record<string, never> }
  /** A new recovery code, shown once; the old one holds until the new one is typed back. */
  newRecoveryCode: { args: { password: string }; answer: { recoveryCode: string } }
  confirmRecoveryCode: { args: { recoveryCode: string }; answer: Record<string, never> }
  /** Begins anew by a code of the school, with new keys; the recovery code is shown once and never stored. */
  resetAccount: {
    args: { email: string; code: string; newPassword: string }
    answer: { account: VaultAccount; recoveryCode: string }
  }
}

/** Every verb: what it takes and what it answers. A refusal is a `VaultError` with a code of `errors.ts`. */
export interface VaultVerbs extends AccountVerbs, HistoryVerbs, SupportVerbs, ResultVerbs {
  /** Creates a course: its root grant (this account) and its first generation. */
  createCourse: { args: { name: string }; answer: { courseId: string } }
  /** The link to hand to students: `<origin>/invite/<token>#<fingerprint of the course's root>`. */
  inviteLink: {
    args: { courseId: string; origin: string }
    answer: { url: string; fingerprint: string }
  }
  /** Enrols. `fragment` is `location.hash` of the invitation; a root that does not match it is refused. */
  joinCourse: { args: { token: string; fragment: string }; answer: { courseId: string } }
  /** Grants or takes a role, after the name was confirmed on screen. Taking a teacher's makes a new generation. */
  setRole: {
    args: { courseId: string; accountId: string; role: CourseRole; confirmedName: string }
    answer: Record<string, never>
  }
  /** Removes a person; when that person held the course key a new generation is made. */
  removePerson: { args: { courseId: string; accountId: string }; answer: Record<string, never> }
  /** Saves course settings, and makes a new generation where the consent text changes. */
  saveSettings: {
    args: { courseId: string; settings: CourseSettingsInput }
    answer: { newGeneration: boolean }
  }
  /** A student (or teacher) accepts keys of the course's teachers that changed out of the ordinary. */
  confirmKeys: { args: { courseId: string }; answer: Record<string, never> }
  /** Whose keys in a course wait for this person's confirmation. */
  keysToConfirm: { args: { courseId: string }; answer: KeysToConfirm }

  /** A teacher's device: makes or loads the class key and this class's stored parts, so that repeats are refused. */
  prepareClass: {
    args: { classId: string }
    answer: { readings: ReadingsMode; paused: PauseReason | null }
  }
  /**
   * Enters a class after the SFU let the member in. A student's device starts its interval timer here (cover
   * records go out from now on whatever the consent); call again on the notification `readings`.
   */
  enterClass: {
    args: { classId: string; memberId: string; role: ClassRole; clockOffset: number }
    answer: ClassEntry
  }
  /** Signs and stores the answer to the consent dialog or the switch *Analysis*. */
  answerConsent: {
    args: {
      classId: string
      allow: boolean
      textId: string
      /** The very text that was shown; its hash is signed. */
      text: string
      language: string
      givenBy: 'self' | 'guardian'
      /** The guardian's name as typed; empty for one's own answer. */
      giverName: string
      /** The age that the person stated to have reached, where `by` was `either`; else 0. */
      statedAge: number
    }
    answer: ConsentRequest
  }
  /** The class's time less this device's (milliseconds), at entry, each minute and after a resume. */
  syncClock: { args: { classId: string; clockOffset: number }; answer: Record<string, never> }
  /**
   * A student's reading for an interval (answer to `due`), or null for none. Check-ins may come at any moment:
   * the last one before the record leaves counts. `accepted` false: the interval's record has already gone.
   */
  record: {
    args: { classId: string; interval: number; reading: OwnReading | null }
    answer: { accepted: boolean }
  }
  /** The state of the record channel (student: open means resend what has no receipt). */
  channelState: { args: { classId: string; open: boolean }; answer: Record<string, never> }
  /** A student's device: a sealed receipt from the teacher's vault. */
  takeReceipt: { args: { classId: string; box: string }; answer: Record<string, never> }
  /** A teacher's device: one message of the records channel: the sender's member id (16 bytes), then the record. */
  takeRecord: { args: { classId: string; message: Uint8Array }; answer: Record<string, never> }
  /** A teacher's device: everyone who is in the class now. */
  setPresence: {
    args: { classId: string; members: readonly PresentMember[] }
    answer: Record<string, never>
  }
  setWriter: { args: { classId: string; memberId: string | null }; answer: Record<string, never> }
  /** A teacher's device that does not write: a chunk was stored; fetches, verifies and shows its totals. */
  takeChunk: {
    args: { classId: string; writer: string; number: number }
    answer: Record<string, never>
  }
  /** Leaves; with `ended` (class over for all) a student's records without receipt go to web as late records. */
  leaveClass: { args: { classId: string; ended: boolean }; answer: Record<string, never> }
}

export type VerbName = keyof VaultVerbs
export type VerbArgs<V extends VerbName> = VaultVerbs[V]['args']
export type VerbAnswer<V extends VerbName> = VaultVerbs[V]['answer']

/** Totals of one interval of a class, as computed once at its end and stored. */
export interface ClassTotals {
  readonly classId: string
  readonly interval: number
  /** When the interval ended by the class's clock, milliseconds since 1970. */
  readonly at: number
  /** Enrolled students counted: M of "happy 2 of M". */
  readonly total: number
  /** True when fewer than the minimum group gave clear readings; counts and engagement are then absent. */
  readonly tooFew: boolean
  readonly counts: Readonly<Record<EmotionName | 'unclear', number>> | null
  readonly engagement: Readonly<
    Record<'engaged' | 'partiallyEngaged' | 'notEngaged' | 'distracted' | 'unclear', number>
  > | null
}

/** Every event: what it carries. */
export interface VaultEvents extends HistoryEvents, SupportEvents {
  /**
   * A student's device: an interval began. With `analyse` take a reading and answer with `record` before
   * `deadline` (milliseconds since 1970 on this device's clock); without it show nothing new and read no camera.
   */
  due: { classId: string; interval: number; deadline: number; analyse: boolean }
  /** Bytes for the record channel. */
  send: { classId: string; bytes: Uint8Array }
  /** For `sendReceipt` of signalling. */
  receiptOut: { classId: string; to: string; box: string }
  /** For `announceChunk` of signalling. */
  chunkOut: { classId: string; writer: string; number: number }
  totals: ClassTotals
  /** A teacher's device: totals of this class as stored, by whichever writer; those of a class come in several events. */
  timeline: { classId: string; totals: readonly ClassTotals[] }
  /** The record of an interval left this device holding this reading (null: kind none): *My reading* shows it. */
  sent: { classId: string; interval: number; reading: OwnReading | null }
  /** This class's entry changed (class key came, settings changed, a key has to be confirmed). */
  entry: ClassEntry
  state: VaultStatus
  /** Something went wrong outside a verb; `code` is one of `errors.ts`. */
  problem: { code: string; message: string; classId?: string | undefined }
}

export type EventName = keyof VaultEvents

/** Page to worker. */
export interface VerbRequest {
  readonly id: number
  readonly verb: VerbName
  readonly args: unknown
}

/** Worker to page. */
export type WorkerMessage =
  | { readonly id: number; readonly ok: true; readonly answer: unknown }
  | { readonly id: number; readonly ok: false; readonly code: string; readonly message: string }
  | { readonly event: EventName; readonly data: unknown }
