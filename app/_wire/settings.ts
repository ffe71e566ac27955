/**
 * What a teacher chooses for a course, with its limits and defaults. One schema for the form, the
 * request and the database row.
 */
import * as z from 'zod'

export const READINGS_MODES = ['off', 'check-ins', 'expression'] as const
export const readingsMode = z.enum(READINGS_MODES)
export type ReadingsMode = z.infer<typeof readingsMode>

/** Who may open single readings: nobody (`totals`), or the course admins too (`full-history`). */
export const historyPolicy = z.enum(['totals', 'full-history'])
export type HistoryPolicy = z.infer<typeof historyPolicy>

export const intervalSeconds = z.int().min(5).max(600)
export const minimumGroup = z.int().min(2).max(100)

/** Who waits to be let into a class by a teacher. Teachers and course admins never do. */
export const WAITING_ROOMS = ['off', 'guests', 'everyone'] as const
export const waitingRoom = z.enum(WAITING_ROOMS)
export type WaitingRoom = z.infer<typeof waitingRoom>

export const courseSettings = z.strictObject({
  readings: readingsMode,
  /** Seconds from one reading to the next. */
  intervalSeconds,
  /** Clear readings that an interval needs before its totals are shown. */
  minimumGroup,
  support: z.boolean(),
  retentionDays: z.int().min(1).max(3650),
  guests: z.boolean(),
  waitingRoom,
  historyPolicy,
})
export type CourseSettings = z.infer<typeof courseSettings>

export const DEFAULT_COURSE_SETTINGS: CourseSettings = {
  readings: 'off',
  intervalSeconds: 120,
  minimumGroup: 3,
  support: false,
  retentionDays: 180,
  guests: false,
  waitingRoom: 'off',
  historyPolicy: 'totals',
}
