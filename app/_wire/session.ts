/** The session of a browser, as web tells it. It stands apart from sign-in, for every page asks for it. */
import * as z from 'zod'
import { accountId, b64uExactly } from './primitives.ts'

/** What this session adds to the device's key: 32 bytes, gone with the session. */
export const sessionShare = b64uExactly(32)

export const ownAccount = z.object({
  id: accountId,
  name: z.string(),
  email: z.string(),
  schoolAdmin: z.boolean(),
  mayTeach: z.boolean(),
})
export type OwnAccount = z.infer<typeof ownAccount>

export const sessionAnswer = z.object({
  account: ownAccount.nullable(),
  share: sessionShare.nullable(),
  /** What the page `/sign-up` needs. */
  signUp: z.object({
    firstAccount: z.boolean(),
    setUpCodeNeeded: z.boolean(),
    open: z.boolean(),
  }),
  /** The origin that people type (PUBLIC_URL): what every link that is handed out begins with. */
  publicUrl: z.url(),
  /** Whether the caller is admin of a course, and so has a desk. */
  courseAdmin: z.boolean(),
  /** What the school's policy allows at present. */
  policy: z.object({ expressionAnalysis: z.boolean() }),
})
export type SessionAnswer = z.infer<typeof sessionAnswer>
