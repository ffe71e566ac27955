/**
 * Courses, their people, invitations, generations and consent, as they travel. Signed and sealed bytes
 * are opaque to web; the clear fields beside them are what web needs to enforce roles and order.
 */
import * as z from 'zod'
import { publicKeys } from './accounts.ts'
import { consentTextId } from './consent.ts'
import {
  accountId,
  b64uExactly,
  b64uUpTo,
  classId,
  courseId,
  displayName,
  inviteToken,
  publicKey,
  sealedKey,
  signedStatement,
  timestamp,
} from './primitives.ts'
import { courseSchedule } from './schedule.ts'
import { courseRole } from './roles.ts'
import { courseSettings, historyPolicy } from './settings.ts'

/** The private half of a generation's key, sealed to one holder. */
export const generationBox = z.strictObject({ accountId, box: sealedKey })

/** A new key of the course: one more than the newest number, sealed to every present holder. */
export const newGeneration = z.strictObject({
  number: z.int().min(1).max(100_000),
  publicKey,
  consentText: consentTextId,
  historyPolicy,
  /** The signed generation. */
  signed: b64uUpTo(16_384),
  boxes: z.array(generationBox).min(1).max(200),
})
export type NewGeneration = z.infer<typeof newGeneration>

export const generationAnswer = z.object({
  number: z.int().min(1),
  publicKey,
  consentText: consentTextId,
  historyPolicy,
  signed: b64uUpTo(16_384),
  signerId: accountId,
  createdAt: timestamp,
  /** Addressed to the caller; null for whoever holds none. */
  box: sealedKey.nullable(),
})

/** The browser makes the course's id, since the root grant signs it. */
export const createCourseBody = z.strictObject({
  id: courseId,
  name: displayName,
  rootGrant: signedStatement,
  generation: newGeneration,
})
export const createCourseAnswer = z.object({ id: courseId })

export const courseListAnswer = z.object({
  courses: z.array(
    z.object({
      id: courseId,
      name: z.string(),
      role: courseRole,
      people: z.int(),
      liveClassId: classId.nullable(),
      createdAt: timestamp,
    }),
  ),
})

export const keyChangeKind = z.enum(['renewed', 'reset'])
/** How an account came from one pair of keys to the next, in order: `renewed` signed by the old key, `reset` by the new one alone. */
export const keyChanges = z.array(z.object({ kind: keyChangeKind, signed: signedStatement }))

export const coursePerson = z.object({ accountId, name: z.string(), role: courseRole })

export const courseAnswer = z.object({
  id: courseId,
  name: z.string(),
  role: courseRole,
  settings: courseSettings,
  /** The weekly class; null where there is none. */
  schedule: courseSchedule.nullable(),
  /** For teachers and course admins; the root's fingerprint is added by the vault. */
  inviteToken: inviteToken.nullable(),
  people: z.array(coursePerson),
  classes: z.array(z.object({ id: classId, startedAt: timestamp, endedAt: timestamp.nullable() })),
  liveClassId: classId.nullable(),
  /** True while readings pause until a teacher's vault has made a new generation. */
  generationNeeded: z.boolean(),
  policy: z.object({ expressionAnalysis: z.boolean(), minimumGroupFloor: z.int() }),
  createdAt: timestamp,
})
export type CourseAnswer = z.infer<typeof courseAnswer>

export const settingsBody = z.strictObject({
  settings: courseSettings,
  /** Where the consent text or the history policy is another than the newest generation's. */
  generation: newGeneration.optional(),
})

/** Grants and enrolments of everyone who is or was in the course, in the order of their time. */
export const rosterAnswer = z.object({
  courseId,
  people: z.array(
    coursePerson.extend({
      publicKeys,
      /** Keys that this account has put aside, newest first. */
      retiredKeys: z.array(publicKeys),
      keyChanges,
      enrolment: signedStatement.nullable(),
      joinedAt: timestamp,
      removedAt: timestamp.nullable(),
    }),
  ),
  grants: z.array(
    z.object({
      subjectId: accountId,
      granterId: accountId,
      role: courseRole,
      signed: signedStatement,
      grantedAt: timestamp,
      endedAt: timestamp.nullable(),
    }),
  ),
  generations: z.array(generationAnswer),
  generationNeeded: z.boolean(),
  /** Signed tombstones of those who erased their readings. */
  tombstones: z.array(z.object({ accountId, tombstone: signedStatement, at: timestamp })),
})
export type RosterAnswer = z.infer<typeof rosterAnswer>

export const generationBody = z.strictObject({ generation: newGeneration })

export const inviteAnswer = z.object({
  courseId,
  courseName: z.string(),
  teacherName: z.string(),
  rootGrant: signedStatement,
  /** Public keys of the creator, who signed the root grant. */
  rootKeys: publicKeys,
  enrolled: z.boolean(),
})
export const joinBody = z.strictObject({ enrolment: signedStatement })
export const joinAnswer = z.object({ courseId })
export const newInviteAnswer = z.object({ inviteToken })

/** Teacher and course admin need a grant signed by the caller; a new holder also the newest key. */
export const roleBody = z.strictObject({
  role: courseRole,
  grant: signedStatement.optional(),
  /** The newest generation's key, sealed to the new holder. */
  keyBox: z.strictObject({ generation: z.int().min(1), box: sealedKey }).optional(),
  /** Where a holder goes: the generation that takes effect with it. */
  generation: newGeneration.optional(),
})
export const removeBody = z.strictObject({ generation: newGeneration.optional() })

export const consentBody = z.strictObject({
  decision: z.enum(['granted', 'withdrawn']),
  textId: consentTextId,
  /** SHA-256 of the text that was shown. */
  textHash: b64uExactly(32),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
    .max(35),
  givenBy: z.enum(['self', 'guardian']),
  /** The guardian's name as typed; empty for one's own answer. */
  giverName: z.union([z.literal(''), displayName]).default(''),
  /** The age that a person of unknown age states to have reached, answering alone; 0: nothing was stated. */
  statedAge: z.int().min(0).max(25).default(0),
  signed: signedStatement,
})
export type ConsentBody = z.infer<typeof consentBody>

export const ownConsent = z.object({
  decision: z.enum(['granted', 'withdrawn']),
  textId: consentTextId,
  textHash: b64uExactly(32),
  language: z.string(),
  givenBy: z.enum(['self', 'guardian']),
  signed: signedStatement,
  at: timestamp,
})
export type OwnConsent = z.infer<typeof ownConsent>
