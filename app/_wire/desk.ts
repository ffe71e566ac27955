/**
 * The admins' desk: numbers over time, courses, the audit trail, the service's health, retention. All
 * of it is about the school; nothing here tells what a reading was.
 */
import * as z from 'zod'
import { internalLoadSchema } from '../../sfu/protocol/load.ts'
import { auditAnswer } from './audit.ts'
import { courseId, nothing, timestamp } from './primitives.ts'
import type { Route } from './routes.ts'
import { courseSettings, historyPolicy, readingsMode } from './settings.ts'

/** One week of the overview, from Monday on, in UTC. */
export const overviewWeek = z.object({
  start: timestamp,
  classes: z.int(),
  /** Accounts at the week's end. */
  people: z.int(),
  /** Support cases that were opened; flags are counted nowhere. */
  cases: z.int(),
})
export const overviewAnswer = z.object({
  weeks: z.array(overviewWeek),
  now: z.object({
    people: z.int(),
    teachers: z.int(),
    courses: z.int(),
    liveClasses: z.int(),
    openInvitations: z.int(),
  }),
})

export const COURSE_SORTS = ['name', 'createdAt', 'people', 'lastClass'] as const

const deskCourse = z.object({
  id: courseId,
  name: z.string(),
  teachers: z.array(z.string()),
  people: z.int(),
  classes: z.int(),
  lastClassAt: timestamp.nullable(),
  live: z.boolean(),
  readings: readingsMode,
  historyPolicy,
  support: z.boolean(),
  retentionDays: z.int(),
  createdAt: timestamp,
})
export const deskCoursesAnswer = z.object({
  courses: z.array(deskCourse),
  total: z.int(),
  next: z.string().nullable(),
})
export const deskCourseAnswer = deskCourse.extend({
  settings: courseSettings,
  generationNeeded: z.boolean(),
  /** Whether the caller's vault may open the history: a course admin under `full-history`. */
  mayOpenHistory: z.boolean(),
})

/** Up to where the school lets its courses keep readings, and for how long it keeps its own books. */
export const retentionFields = z.strictObject({
  readingsMaxDays: z.int().min(1).max(3650),
  auditDays: z.int().min(30).max(3650),
  invitationDays: z.int().min(1).max(365),
})
export type RetentionFields = z.infer<typeof retentionFields>
export const retentionAnswer = z.object({
  retention: retentionFields,
  courses: z.array(
    z.object({
      id: courseId,
      name: z.string(),
      /** The course's own setting. */
      days: z.int(),
      classesKept: z.int(),
      /** When the oldest kept class is deleted. */
      nextAt: timestamp.nullable(),
    }),
  ),
})

export const healthDetailsAnswer = z.object({
  at: timestamp,
  web: z.object({
    uptimeSeconds: z.number(),
    memoryBytes: z.number(),
    /** Processor time since it started, in milliseconds. */
    cpuMilliseconds: z.number(),
    node: z.string(),
    mail: z.boolean(),
  }),
  /** Null while it does not answer. */
  database: z
    .object({
      answersInMs: z.number(),
      bytes: z.number(),
      connections: z.int(),
      version: z.string(),
    })
    .nullable(),
  sfu: z.array(z.object({ node: z.string(), load: internalLoadSchema.nullable() })),
})

export const deskRoutes = {
  overview: { method: 'GET', path: '/api/admin/overview', body: null, answer: overviewAnswer },
  deskCourses: { method: 'GET', path: '/api/admin/courses', body: null, answer: deskCoursesAnswer },
  deskCourse: {
    method: 'GET',
    path: '/api/admin/courses/:id',
    body: null,
    answer: deskCourseAnswer,
  },
  audit: { method: 'GET', path: '/api/admin/audit', body: null, answer: auditAnswer },
  healthDetails: {
    method: 'GET',
    path: '/api/admin/health',
    body: null,
    answer: healthDetailsAnswer,
  },
  retention: { method: 'GET', path: '/api/admin/retention', body: null, answer: retentionAnswer },
  saveRetention: {
    method: 'PUT',
    path: '/api/admin/retention',
    body: retentionFields,
    answer: nothing,
  },
} as const satisfies Record<string, Route>
