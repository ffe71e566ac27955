/**
 * Identifiers and binary strings as they stand in signalling messages. Parsing here checks form
 * alone; it must never decide whether an identifier belongs to the one who sends it.
 */
import * as z from 'zod'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A lower-case UUID. */
export const uuidSchema = z.string().regex(UUID)

/** One membership of one class: one tab or device of one account. */
export const memberIdSchema = uuidSchema.brand<'MemberId'>()
export type MemberId = z.infer<typeof memberIdSchema>

/** An account; for a guest, an id made for that visit. */
export const accountIdSchema = uuidSchema.brand<'AccountId'>()
export type AccountId = z.infer<typeof accountIdSchema>

export const classIdSchema = uuidSchema.brand<'ClassId'>()
export type ClassId = z.infer<typeof classIdSchema>

export const courseIdSchema = uuidSchema.brand<'CourseId'>()
export type CourseId = z.infer<typeof courseIdSchema>

/** An id that mediasoup gave: of a transport, producer, consumer, dataProducer or dataConsumer. */
export const mediaIdSchema = z.string().min(1).max(64)

/**
 * Binary as base64url without padding.
 *
 * @param minBytes least number of bytes, once decoded
 * @param maxBytes greatest number of bytes, once decoded
 */
export function b64u(minBytes: number, maxBytes: number): z.ZodString {
  return z
    .string()
    .min(encodedLength(minBytes))
    .max(encodedLength(maxBytes))
    .regex(/^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?$/)
}

function encodedLength(bytes: number): number {
  return Math.ceil((bytes * 4) / 3)
}
