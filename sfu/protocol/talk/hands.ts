/**
 * Raised hands, in the order in which they were raised. A hand belongs to a person, not to a tab:
 * who comes back within a short time finds it where it was.
 */
import * as z from 'zod'
import { accountIdSchema } from '../ids.ts'
import { MAX_MEMBERS } from '../limits.ts'

/** How long the hand of one who left is kept, in milliseconds: a reload, a changed network. */
export const HAND_KEPT_MILLISECONDS = 120_000

/** Times that one membership may raise or lower its hand in one go, and a second after that. */
export const HAND_BURST = 10
export const HANDS_PER_SECOND = 0.5

const nothing = z.object({})

export const handsSchema = z.array(accountIdSchema).max(MAX_MEMBERS)

export const handRequests = {
  raiseHand: { request: nothing, response: nothing },
  /** One's own. */
  lowerHand: { request: nothing, response: nothing },
  lowerHandOf: { request: z.object({ accountId: accountIdSchema }), response: nothing },
  lowerAllHands: { request: nothing, response: nothing },
}

export const handNotifications = {
  hands: z.object({ accountIds: handsSchema }),
}
