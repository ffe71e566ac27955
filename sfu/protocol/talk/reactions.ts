/**
 * Reactions: a few signs that everyone knows by name, sent to all and gone in a moment, or left on a
 * message. What a person chooses to show here is no reading, and is never counted as one.
 */
import * as z from 'zod'
import { memberIdSchema } from '../ids.ts'

/** In this order everywhere. */
export const REACTIONS = ['thumbs-up', 'clap', 'heart', 'laugh', 'wow', 'celebrate'] as const

export const reactionSchema = z.enum(REACTIONS)
export type Reaction = z.infer<typeof reactionSchema>

/** Reactions that one membership may send in one go, and a second after that. */
export const REACTION_BURST = 6
export const REACTIONS_PER_SECOND = 1

/** The same for a whole class, since each goes to everyone. */
export const CLASS_REACTION_BURST = 60
export const CLASS_REACTIONS_PER_SECOND = 20

export const reactionRequests = {
  react: { request: z.object({ reaction: reactionSchema }), response: z.object({}) },
}

export const reactionNotifications = {
  /** Also told to the one who sent it. */
  reaction: z.object({ memberId: memberIdSchema, reaction: reactionSchema }),
}
