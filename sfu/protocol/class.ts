/**
 * What members of a class are told about each other and about the class. It holds nothing of
 * anybody's readings and no address of anybody's device.
 */
import * as z from 'zod'
import {
  accountIdSchema,
  classIdSchema,
  courseIdSchema,
  mediaIdSchema,
  memberIdSchema,
} from './ids.ts'
import { MAX_NAME_LENGTH } from './limits.ts'
import { mediaKindSchema, mediaSourceSchema } from './media.ts'

export const roleSchema = z.enum(['teacher', 'student', 'guest'])
export type Role = z.infer<typeof roleSchema>

/** Where the readings of a class come from. */
export const readingsSchema = z.enum(['off', 'check-ins', 'expression'])
export type Readings = z.infer<typeof readingsSchema>

/** Milliseconds since 1970. */
export const timestampSchema = z.int().min(0)

export const intervalSecondsSchema = z.int().min(1).max(3_600)

export const memberSchema = z.object({
  memberId: memberIdSchema,
  accountId: accountIdSchema,
  name: z.string().min(1).max(MAX_NAME_LENGTH),
  role: roleSchema,
  /** False while the signalling of this member is interrupted. */
  connected: z.boolean(),
})
export type Member = z.infer<typeof memberSchema>

export const producerInfoSchema = z.object({
  producerId: mediaIdSchema,
  memberId: memberIdSchema,
  kind: mediaKindSchema,
  source: mediaSourceSchema,
  paused: z.boolean(),
  /** Paused by itself while its sender's tab is hidden; the person goes on wanting to be seen. */
  resting: z.boolean().exactOptional(),
})
export type ProducerInfo = z.infer<typeof producerInfoSchema>

export const classInfoSchema = z.object({
  id: classIdSchema,
  courseId: courseIdSchema,
  startedAt: timestampSchema,
  readings: readingsSchema,
  intervalSeconds: intervalSecondsSchema,
})
export type ClassInfo = z.infer<typeof classInfoSchema>
