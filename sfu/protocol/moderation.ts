/**
 * How a class is run: what students and guests may do, who is muted, who waits at the door, who was
 * sent out, who attended. Requests are absolute ("locked: true"), never toggles, and every change is
 * told as a whole, so that two teachers at once end with the same class before them. Nothing here may
 * say anything of a reading.
 */
import * as z from 'zod'
import { roleSchema, timestampSchema } from './class.ts'
import { accountIdSchema, memberIdSchema } from './ids.ts'
import { MAX_MEMBERS, MAX_NAME_LENGTH } from './limits.ts'
import { mediaSourceSchema } from './media.ts'

/** People who may wait at the door of one class. */
export const MAX_WAITING = MAX_MEMBERS

/** People of whom one class remembers that they attended, or that they were sent out. */
export const MAX_REMEMBERED = 5_000

/** What a teacher allows students and guests; teachers may always. */
export const permissionsSchema = z.object({
  /** Sharing a screen. */
  screen: z.boolean(),
  /** Writing to all; writing to the teachers alone is always open. */
  chat: z.boolean(),
  /** Unmuting oneself without being asked. */
  unmute: z.boolean(),
  /** Showing a camera. */
  video: z.boolean(),
})
export type Permissions = z.infer<typeof permissionsSchema>
export type Permission = keyof Permissions

const permissionsChangeSchema = z.object({
  screen: z.boolean().exactOptional(),
  chat: z.boolean().exactOptional(),
  unmute: z.boolean().exactOptional(),
  video: z.boolean().exactOptional(),
})

export const classRulesSchema = z.object({
  permissions: permissionsSchema,
  /** Nobody new enters. */
  locked: z.boolean(),
  /** Cameras of students and guests are not sent while their tab is hidden. */
  restHiddenVideo: z.boolean(),
})
export type ClassRules = z.infer<typeof classRulesSchema>

/**
 * How a class begins. Hidden cameras rest only where a teacher says so: who starts a camera expects it
 * to stay on, and that somebody's tab is hidden is nothing to tell a class unasked.
 */
export const OPEN_RULES: ClassRules = {
  permissions: { screen: true, chat: true, unmute: true, video: true },
  locked: false,
  restHiddenVideo: false,
}

const name = z.string().min(1).max(MAX_NAME_LENGTH)

export const waitingPersonSchema = z.object({
  accountId: accountIdSchema,
  name,
  role: roleSchema,
  since: timestampSchema,
})
export type WaitingPerson = z.infer<typeof waitingPersonSchema>

export const removedPersonSchema = z.object({ accountId: accountIdSchema, name })
export type RemovedPerson = z.infer<typeof removedPersonSchema>

/** One person's attendance: names and times alone. */
export const attendanceSchema = z.object({
  name,
  role: roleSchema,
  /** `to` is null while the person is here. */
  spans: z
    .array(z.object({ from: timestampSchema, to: timestampSchema.nullable() }))
    .max(MAX_REMEMBERED),
})
export type Attendance = z.infer<typeof attendanceSchema>

const attendanceList = z.array(attendanceSchema).max(MAX_REMEMBERED)
const millisecondsLeft = z.int().min(0).nullable()
const waitingList = z.array(waitingPersonSchema).max(MAX_WAITING)
const removedList = z.array(removedPersonSchema).max(MAX_REMEMBERED)

/** What an entry says of how the class is run. */
export const moderationEntrySchema = z.object({
  rules: classRulesSchema,
  /** Own sources that a teacher stopped and that this member has not touched since. */
  stopped: z.array(mediaSourceSchema).max(4),
  /** Until the class ends by itself for want of a teacher; null while one is here. */
  endsInMs: millisecondsLeft,
  /** For teachers; empty for everyone else. */
  waiting: waitingList,
  removed: removedList,
})
export type ModerationEntry = z.infer<typeof moderationEntrySchema>

const nothing = z.object({})
const member = z.object({ memberId: memberIdSchema })
const account = z.object({ accountId: accountIdSchema })

export const moderationRequests = {
  setRules: {
    request: z.object({
      permissions: permissionsChangeSchema.exactOptional(),
      locked: z.boolean().exactOptional(),
      restHiddenVideo: z.boolean().exactOptional(),
    }),
    response: nothing,
  },
  muteAll: { request: nothing, response: nothing },
  stopSource: { request: member.extend({ source: mediaSourceSchema }), response: nothing },
  askToUnmute: { request: member, response: nothing },
  removeMember: { request: member, response: nothing },
  letBackIn: { request: account, response: nothing },
  admit: { request: account, response: nothing },
  admitAll: { request: nothing, response: nothing },
  decline: { request: account, response: nothing },
  attendance: { request: nothing, response: z.object({ people: attendanceList }) },
}

export const moderationNotifications = {
  rules: z.object({ rules: classRulesSchema }),
  /** One of one's own sources was stopped, by a teacher or because it is no longer allowed. */
  sourceStopped: z.object({ source: mediaSourceSchema, by: z.enum(['teacher', 'rules']) }),
  /** A teacher asks this member to unmute: the member decides. */
  unmuteAsked: nothing,
  teacherAbsent: z.object({ endsInMs: millisecondsLeft }),
  /** To teachers. */
  waiting: z.object({ people: waitingList }),
  removedPeople: z.object({ people: removedList }),
  /** The last list, just before the class ends. */
  attendance: z.object({ people: attendanceList }),
  /** To one who waits: join again with a fresh ticket. */
  admitted: nothing,
  declined: nothing,
}
