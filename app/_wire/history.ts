/**
 * The history of a course as it travels: which classes have readings, and who holds which of the
 * course's keys. Nothing here says what was read.
 */
import * as z from 'zod'
import { accountId, classId, sealedKey, timestamp } from './primitives.ts'
import { readingsMode } from './settings.ts'

/** A class that took readings, newest first. */
export const historyClass = z.object({
  id: classId,
  startedAt: timestamp,
  endedAt: timestamp.nullable(),
  readings: readingsMode,
  intervalSeconds: z.int(),
  minimumGroup: z.int(),
  /** Generation of the course key that the class key is sealed to. */
  generation: z.int().min(1),
  chunks: z.int(),
  /** Sealed records that no teacher's vault has taken in yet. */
  lateRecords: z.int(),
  /** When its readings had their time and were deleted. */
  expiredAt: timestamp.nullable(),
})
export type HistoryClass = z.infer<typeof historyClass>

export const historyAnswer = z.object({
  classes: z.array(historyClass),
  /** Hand it back as `?after=`; null at the end. */
  next: z.string().nullable(),
})

/** Which generations there are and who has their key, sealed to them. */
export const holdersAnswer = z.object({
  generations: z.array(
    z.object({ number: z.int().min(1), createdAt: timestamp, holders: z.array(accountId) }),
  ),
})

/** Keys of earlier generations, sealed by a holder to another teacher of the course. */
export const handOverBody = z.strictObject({
  accountId,
  boxes: z
    .array(z.strictObject({ generation: z.int().min(1), box: sealedKey }))
    .min(1)
    .max(200),
})

/** Part of the table of routes. */
export const historyRoutes = {
  courseHistory: {
    method: 'GET',
    path: '/api/courses/:id/history',
    body: null,
    answer: historyAnswer,
  },
  keyHolders: {
    method: 'GET',
    path: '/api/courses/:id/holders',
    body: null,
    answer: holdersAnswer,
  },
  handOver: {
    method: 'POST',
    path: '/api/courses/:id/holders',
    body: handOverBody,
    answer: z.strictObject({}),
  },
} as const
