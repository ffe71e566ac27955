/**
 * The small words of the HTTP interface: ids, binary, times, names. Every other schema of this room is
 * made of them. It must never decide anything about people, and it knows no key or format of the vault:
 * sealed and signed bytes are base64url strings of a bounded size.
 */
import * as z from 'zod'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** Base64url without padding, in its one canonical spelling: unused bits of the last character are zero. */
const BASE64URL = /^(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?$/

const lowerUuid = z.string().regex(UUID)

export const accountId = lowerUuid.brand<'AccountId'>()
export type AccountId = z.infer<typeof accountId>
export const courseId = lowerUuid.brand<'CourseId'>()
export type CourseId = z.infer<typeof courseId>
export const classId = lowerUuid.brand<'ClassId'>()
export type ClassId = z.infer<typeof classId>

/** Characters of base64url that `bytes` bytes take. */
export function b64uLength(bytes: number): number {
  return Math.ceil((bytes * 4) / 3)
}

/** Exactly `bytes` bytes, base64url without padding. */
export function b64uExactly(bytes: number) {
  return z.string().length(b64uLength(bytes)).regex(BASE64URL)
}

/** From 1 to `bytes` bytes, base64url without padding. */
export function b64uUpTo(bytes: number) {
  return z.string().min(2).max(b64uLength(bytes)).regex(BASE64URL)
}

/** Milliseconds since 1970. */
export const timestamp = z.int().min(0)

/** Marks that embed or override a direction: with them a name turns the words after it around. */
const TURNING = /[\u202a-\u202e]/g

/** A person's or a course's name as people type it: trimmed, one line, no control characters, no turning marks. */
export const displayName = z
  .string()
  .overwrite((name) => name.replace(TURNING, ''))
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u)
  .refine((name) => /[^\p{Z}\p{Cf}]/u.test(name))

/** An address as people type it; compared in lower case. */
export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email({ pattern: z.regexes.unicodeEmail }))

/** Public key of an account, course or class: 32 bytes. */
export const publicKey = b64uExactly(32)

/** Key id: the first 8 bytes of BLAKE2b-256 of the public key. */
export const keyId = b64uExactly(8)

/** One small key sealed to a public key or wrapped under a symmetric one. */
export const sealedKey = b64uUpTo(256)

/** One signed statement of the vault: grant, enrolment, consent, class key. */
export const signedStatement = b64uUpTo(4096)

/** Token of an invite link: 16 bytes. */
export const inviteToken = b64uExactly(16)

/** Nothing to say. */
export const nothing = z.strictObject({})
