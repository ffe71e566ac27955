/**
 * How people of a class talk to each other beside sound and picture: chat, raised hands, reactions,
 * and what a teacher puts in front. The media server reads it, keeps it in memory, and forgets it
 * with the class. Nothing here may say anything of a reading.
 */
import * as z from 'zod'
import { chatEntrySchema, chatNotifications, chatRequests } from './chat.ts'
import { handNotifications, handRequests, handsSchema } from './hands.ts'
import { reactionNotifications, reactionRequests } from './reactions.ts'
import { spotlightNotifications, spotlightRequests, spotlightSchema } from './spotlight.ts'

export * from './chat.ts'
export * from './hands.ts'
export * from './reactions.ts'
export * from './spotlight.ts'
export * from './text.ts'

/** What an entry says of talk: of chat only what this member may see. */
export const talkEntrySchema = z.object({
  chat: chatEntrySchema,
  /** Raised hands, the first to be raised first. */
  hands: handsSchema,
  spotlight: spotlightSchema.nullable(),
})
export type TalkEntry = z.infer<typeof talkEntrySchema>

export const talkRequests = {
  ...chatRequests,
  ...handRequests,
  ...reactionRequests,
  ...spotlightRequests,
}

export const talkNotifications = {
  ...chatNotifications,
  ...handNotifications,
  ...reactionNotifications,
  ...spotlightNotifications,
}
