/**
 * What people do with their own account beyond signing in: renewed keys, a new recovery code, sessions, the way back in
 * after a reset, and all that the server holds about them. Signed and sealed bytes are opaque here.
 */
import * as z from 'zod'
import {
  accountKeysAnswer,
  privateBox,
  publicKeys,
  signInSecret,
  wrapKind,
  wrappedAccountKey,
} from './accounts.ts'
import { ownAccount, sessionShare } from './session.ts'
import {
  accountId,
  b64uExactly,
  courseId,
  emailAddress,
  nothing,
  sealedKey,
  signedStatement,
  timestamp,
} from './primitives.ts'

/** Proof that it is the person who asks, not only a browser that was left open. */
const proof = z.strictObject({ kind: wrapKind, secret: signInSecret })
const passwordWrap = wrappedAccountKey.extend({ kind: z.literal('password') })
const recoveryWrap = wrappedAccountKey.extend({ kind: z.literal('recovery') })

/** New keys in the place of the present ones, signed by the old; with course keys that this account holds. */
const renewBody = z.strictObject({
  proof,
  keyChange: signedStatement,
  publicKeys,
  privateBox,
  /** Every generation's key that was sealed to the old keys, sealed to the new. */
  boxes: z
    .array(z.strictObject({ courseId, generation: z.int().min(1), box: sealedKey }))
    .max(5_000),
})
/** Other sessions have ended; this one goes on under a new share. */
const renewAnswer = z.object({ share: sessionShare })

const recoveryBody = z.strictObject({ proof, recoveryWrap, recoverySecret: signInSecret })

export const ownSession = z.object({
  id: b64uExactly(32),
  /** Browser and system, as coarse as a person needs to know them again; empty when unknown. */
  device: z.string(),
  startedAt: timestamp,
  /** To the day. */
  lastUsedAt: timestamp,
  current: z.boolean(),
})
export type OwnSession = z.infer<typeof ownSession>

/** A one-time code that a school admin hands over in person: three groups of five characters. */
export const resetCode = z
  .string()
  .max(64)
  .transform((code) =>
    code.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1'),
  )
  .pipe(z.string().regex(/^[0-9A-HJKMNP-TV-Z]{15}$/))
const issuedReset = z.object({ code: z.string(), expiresAt: timestamp })

const openResetBody = z.strictObject({ email: emailAddress, code: resetCode })
/** What the new keys have to name. */
const openResetAnswer = z.object({ accountId, name: z.string(), publicKeys })

const resetBody = z.strictObject({
  email: emailAddress,
  code: resetCode,
  keyChange: signedStatement,
  publicKeys,
  privateBox,
  passwordWrap,
  recoveryWrap,
  passwordSecret: signInSecret,
  recoverySecret: signInSecret,
})
const resetAnswer = z.object({ account: ownAccount, share: sessionShare, keys: accountKeysAnswer })

/** A consent as it was answered, without the signed bytes. */
export const consentEntry = z.object({
  courseId,
  courseName: z.string(),
  decision: z.enum(['granted', 'withdrawn']),
  textId: z.string(),
  textHash: b64uExactly(32),
  language: z.string(),
  givenBy: z.enum(['self', 'guardian']),
  /** As the guardian typed it; empty for one's own answer. */
  giverName: z.string(),
  at: timestamp,
})
export type ConsentEntry = z.infer<typeof consentEntry>
const consentsAnswer = z.object({
  person: z.object({ id: accountId, name: z.string() }),
  consents: z.array(consentEntry),
})

/** Everything that the server holds about a person, sealed bytes as they lie, but for what would open the account. */
export const heldAnswer = z.object({
  exportedAt: timestamp,
  account: z.record(z.string(), z.unknown()),
  /** Rows by what they are about; see `app/_server/accounts/held-records.ts`. */
  records: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
})

export const ownAccountRoutes = {
  renewKeys: {
    method: 'PUT',
    path: '/api/account/keys',
    body: renewBody,
    answer: renewAnswer,
    bodyLimit: 2 * 1024 * 1024,
  },
  /** Every course key that is sealed to the caller, of whatever generation. */
  heldKeys: {
    method: 'GET',
    path: '/api/account/course-keys',
    body: null,
    answer: z.object({
      courses: z.array(
        z.object({
          courseId,
          boxes: z.array(z.object({ generation: z.int().min(1), box: sealedKey })),
        }),
      ),
    }),
  },
  changeRecovery: {
    method: 'PUT',
    path: '/api/account/recovery',
    body: recoveryBody,
    answer: nothing,
  },
  ownSessions: {
    method: 'GET',
    path: '/api/account/sessions',
    body: null,
    answer: z.object({ sessions: z.array(ownSession) }),
  },
  /** Ends all sessions of the caller but this one. */
  endOtherSessions: {
    method: 'DELETE',
    path: '/api/account/sessions',
    body: nothing,
    answer: nothing,
  },
  endSession: {
    method: 'DELETE',
    path: '/api/account/sessions/:session',
    body: nothing,
    answer: nothing,
  },
  exportOwn: { method: 'GET', path: '/api/account/export', body: null, answer: heldAnswer },
  openReset: {
    method: 'POST',
    path: '/api/reset/open',
    body: openResetBody,
    answer: openResetAnswer,
  },
  resetAccount: { method: 'POST', path: '/api/reset', body: resetBody, answer: resetAnswer },
  issueReset: {
    method: 'POST',
    path: '/api/admin/people/:id/reset',
    body: nothing,
    answer: issuedReset,
  },
  /** No plain reading: each look is an event that the person sees. */
  personConsents: {
    method: 'POST',
    path: '/api/admin/people/:id/consents',
    body: nothing,
    answer: consentsAnswer,
  },
} as const
