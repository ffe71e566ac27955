/**
 * Sign-up, sign-in, sessions, wrapped keys and boxes of an account, as they travel. A password never
 * does: what travels is a secret derived from it in the browser.
 */
import * as z from 'zod'
import {
  b64uExactly,
  b64uUpTo,
  classId,
  courseId,
  displayName,
  emailAddress,
  inviteToken,
  publicKey,
  sealedKey,
  signedStatement,
  timestamp,
} from './primitives.ts'
import { ownAccount, sessionShare } from './session.ts'

/** Ways into an account. */
export const wrapKind = z.enum(['password', 'recovery'])
export type WrapKind = z.infer<typeof wrapKind>

/** How a browser stretches a password or a recovery code. Less than 64 MiB and 3 passes is refused. */
export const keyDerivation = z.strictObject({
  algorithm: z.literal('argon2id'),
  passes: z.int().min(3).max(20),
  memoryBytes: z.int().min(67_108_864).max(1_073_741_824),
})
export type KeyDerivation = z.infer<typeof keyDerivation>

/** What every browser uses today, and what the salt route answers for an address that it does not know. */
export const DEFAULT_KEY_DERIVATION: KeyDerivation = {
  algorithm: 'argon2id',
  passes: 3,
  memoryBytes: 67_108_864,
}

/** The account key, wrapped for one way in. */
export const wrappedAccountKey = z.strictObject({
  kind: wrapKind,
  kdf: keyDerivation,
  salt: b64uExactly(16),
  box: sealedKey,
})
export type WrappedAccountKey = z.infer<typeof wrappedAccountKey>

export const publicKeys = z.strictObject({ box: publicKey, sign: publicKey })
export type PublicKeys = z.infer<typeof publicKeys>

/** The private halves and what is left of retired ones, encrypted under the account key. */
export const privateBox = b64uUpTo(4096)

/** The half of a derived key that signs in; the server hashes it again. */
export const signInSecret = b64uExactly(32)

export const signUpBody = z.strictObject({
  name: displayName,
  email: emailAddress,
  publicKeys,
  privateBox,
  passwordWrap: wrappedAccountKey.extend({ kind: z.literal('password') }),
  recoveryWrap: wrappedAccountKey.extend({ kind: z.literal('recovery') }),
  passwordSecret: signInSecret,
  recoverySecret: signInSecret,
  invite: inviteToken.optional(),
  setUpCode: z.string().trim().max(64).optional(),
})
export const signUpAnswer = z.object({ account: ownAccount, share: sessionShare })

export const saltBody = z.strictObject({ email: emailAddress, kind: wrapKind })
export const saltAnswer = z.object({ kdf: keyDerivation, salt: b64uExactly(16) })

export const signInBody = z.strictObject({
  email: emailAddress,
  kind: wrapKind,
  secret: signInSecret,
})
export const accountKeysAnswer = z.object({
  publicKeys,
  privateBox,
  wraps: z.array(wrappedAccountKey),
})
export const signInAnswer = z.object({
  account: ownAccount,
  share: sessionShare,
  keys: accountKeysAnswer,
})

/** A new password: proof of the old one or of the recovery code, and the new wrap, in one transaction. */
export const passwordBody = z.strictObject({
  proof: z.strictObject({ kind: wrapKind, secret: signInSecret }),
  passwordWrap: wrappedAccountKey.extend({ kind: z.literal('password') }),
  passwordSecret: signInSecret,
})
/** Other sessions have ended; this one goes on under a new share. */
export const passwordAnswer = z.object({ share: sessionShare })

export const boxName = z.string().regex(/^[a-z0-9][a-z0-9.:-]{0,99}$/)
export const boxAnswer = z.object({
  /** 0 and null: never written. */
  version: z.int().min(0),
  box: b64uUpTo(65_536).nullable(),
})
export const boxBody = z.strictObject({
  /** The version that this one takes the place of; 0 for the first. */
  replaces: z.int().min(0),
  box: b64uUpTo(65_536),
})
export const boxWritten = z.object({ version: z.int().min(1) })

/** The own parts of all classes, newest class first; `next` asks for the following page. */
export const ownPartsAnswer = z.object({
  classes: z.array(
    z.object({
      courseId,
      courseName: z.string(),
      classId,
      startedAt: timestamp,
      endedAt: timestamp.nullable(),
      /** Null where readings were never on. */
      intervalSeconds: z.int().nullable(),
      contentKeys: z.array(z.object({ writer: b64uExactly(16), key: sealedKey })),
      parts: z.array(z.object({ writer: b64uExactly(16), number: z.int(), part: b64uUpTo(2048) })),
      /** Records that no teacher's vault has taken in yet. */
      late: z.int(),
    }),
  ),
  next: z.string().nullable(),
})

/** Erases the caller's parts and wrapped content keys of one course; the signed tombstone stays. */
export const eraseBody = z.strictObject({
  tombstone: signedStatement,
  /** Start of the newest class that the tombstone names: a later one would not be covered by it. */
  upTo: timestamp,
})
