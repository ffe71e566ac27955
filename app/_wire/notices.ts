/**
 * Notices and the rule behind them, as they travel: when help is offered in a course, and one sealed
 * box of one size for every student after a class. Nothing here may differ with what a box says.
 */
import * as z from 'zod'
import { accountId, b64uExactly, classId, courseId, nothing, timestamp } from './primitives.ts'

/** Settings of the rule, by course; see `app/_vault/support/rule.ts` for what they mean. */
export const supportRule = z.strictObject({
  /** Negative readings in 30 minutes, at one reading every two minutes, that a class may have. */
  count: z.int().min(3).max(14),
  /** Attended classes that have to be low, one after another. */
  classesLookedAt: z.int().min(1).max(10),
  /** The course has to have had more classes than this. */
  classesBefore: z.int().min(3).max(50),
})
export type SupportRule = z.infer<typeof supportRule>
export const DEFAULT_SUPPORT_RULE: SupportRule = { count: 7, classesLookedAt: 1, classesBefore: 3 }

/** Bytes of a notice's sealed box, whatever it says. */
export const NOTICE_BOX_BYTES = 272
/** A class without notices this long after its end is judged by the students' own vaults. */
export const NOTICE_PATIENCE_MS = 24 * 3_600_000
const noticeBox = b64uExactly(NOTICE_BOX_BYTES)

const noticedClass = z.object({
  id: classId,
  startedAt: timestamp,
  endedAt: timestamp.nullable(),
  /** When its set of notices was made. */
  noticedAt: timestamp.nullable(),
})
export type NoticedClass = z.infer<typeof noticedClass>

/** The classes of a course that count, oldest first. */
export const courseNoticesAnswer = z.object({
  support: z.boolean(),
  rule: supportRule,
  classes: z.array(noticedClass),
  /** Whom a full set is for: the students who are enrolled now. Teachers only; else empty. */
  students: z.array(accountId),
  now: timestamp,
})

/** One full set. */
export const noticesBody = z.strictObject({
  notices: z.array(z.strictObject({ accountId, box: noticeBox })).max(5_000),
})

/** The notices of the caller, and the courses in which the caller's own vault has to look. */
export const ownNoticesAnswer = z.object({
  notices: z.array(z.object({ courseId, classId, box: noticeBox, madeAt: timestamp })),
  courses: z.array(
    z.object({ courseId, name: z.string(), rule: supportRule, classes: z.array(noticedClass) }),
  ),
  now: timestamp,
})

export const noticeRoutes = {
  ownNotices: { method: 'GET', path: '/api/account/notices', body: null, answer: ownNoticesAnswer },
  courseNotices: {
    method: 'GET',
    path: '/api/courses/:id/notices',
    body: null,
    answer: courseNoticesAnswer,
  },
  saveSupportRule: {
    method: 'PUT',
    path: '/api/courses/:id/notices',
    body: supportRule,
    answer: nothing,
  },
  sendNotices: {
    method: 'POST',
    path: '/api/classes/:id/notices',
    body: noticesBody,
    answer: nothing,
    bodyLimit: 2 * 1024 * 1024,
  },
} as const
