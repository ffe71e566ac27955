/**
 * When the class of a course takes place, week after week, as it travels: a day and a time of the
 * clock on the wall of one time zone, so that summer time moves nothing.
 */
import * as z from 'zod'
import { nothing } from './primitives.ts'

/** Monday is 1, as in ISO 8601. */
export const weekday = z.int().min(1).max(7)

/** Hours and minutes, `09:05`. */
export const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)

export const lessonMinutes = z.int().min(5).max(720)

/** A name of the time zone database that this machine knows, `Europe/Paris`. */
export const timeZone = z.string().min(1).max(64).refine(isTimeZone)

export const courseSchedule = z.strictObject({
  weekday,
  time: timeOfDay,
  minutes: lessonMinutes,
  timeZone,
})
export type CourseSchedule = z.infer<typeof courseSchedule>

export const scheduleRoutes = {
  /** Null: no weekly class. */
  saveSchedule: {
    method: 'PUT',
    path: '/api/courses/:id/schedule',
    body: z.strictObject({ schedule: courseSchedule.nullable() }),
    answer: nothing,
  },
  /** A calendar file (RFC 5545) with the weekly class. */
  calendar: {
    method: 'GET',
    path: '/api/courses/:id/calendar',
    body: null,
    answer: z.object({ fileName: z.string(), text: z.string() }),
  },
} as const

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
