/**
 * The session, which every page asks for, and what the page of a class asks beside it. It stands apart so that this page
 * need not fetch how every other talks to web.
 */
import * as z from 'zod'
import { classId, courseId, displayName, nothing, timestamp } from './primitives.ts'
import { classRole, courseRole } from './roles.ts'
import type { Route } from './routes.ts'
import { sessionAnswer } from './session.ts'
import { readingsMode } from './settings.ts'

export const classAnswer = z.object({
  id: classId,
  courseId,
  courseName: z.string(),
  /** The role in the class that the caller would enter with; a course admin's is `guest`. */
  role: classRole,
  /** Null for guests by the link alone. */
  courseRole: courseRole.nullable(),
  startedAt: timestamp,
  endedAt: timestamp.nullable(),
  readings: readingsMode,
  intervalSeconds: z.int(),
})
export type ClassAnswer = z.infer<typeof classAnswer>

export const ticketBody = z.strictObject({
  /** Guests only: the name to enter with. */
  name: displayName.optional(),
})
export const ticketAnswer = z.object({
  ticket: z.string(),
  /** Path of the signalling WebSocket on this origin. */
  signalingUrl: z.string(),
})

export const visitRoutes = {
  session: { method: 'GET', path: '/api/session', body: null, answer: sessionAnswer },
  class: { method: 'GET', path: '/api/classes/:id', body: null, answer: classAnswer },
  ticket: {
    method: 'POST',
    path: '/api/classes/:id/ticket',
    body: ticketBody,
    answer: ticketAnswer,
  },
  endClass: { method: 'POST', path: '/api/classes/:id/end', body: nothing, answer: nothing },
} as const satisfies Record<string, Route>
