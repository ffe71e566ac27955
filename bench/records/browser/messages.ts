/** What passes between the measuring page, its worker and the script that made the course: forms alone. */
import * as z from 'zod'

const b64u = z.string().regex(/^[\w-]*$/)

export const setupSchema = z.object({
  /** The roster as web would answer it. */
  roster: z.unknown(),
  root: b64u,
  accountId: z.string(),
  accountKey: b64u,
  privateBox: b64u,
  publicSign: b64u,
  publicBox: b64u,
  courseSecret: b64u,
  classPublicKey: b64u,
  classPrivateKey: b64u,
  classId: z.string(),
  intervalSeconds: z.number(),
  members: z.array(
    z.object({ memberId: z.string(), accountId: z.string(), role: z.enum(['student', 'teacher']) }),
  ),
})
export type Setup = z.infer<typeof setupSchema>

export type ToWorker =
  | { readonly kind: 'begin'; readonly setup: Setup; readonly startedAt: number }
  | { readonly kind: 'record'; readonly id: number; readonly message: Uint8Array }
  | { readonly kind: 'seal'; readonly count: number }

export type FromWorker =
  | { readonly kind: 'begun' }
  | { readonly kind: 'taken'; readonly id: number }
  | { readonly kind: 'sealed'; readonly seconds: number }
  | { readonly kind: 'event'; readonly event: string; readonly at: number; readonly data: unknown }
  | { readonly kind: 'failed'; readonly why: string }
