/**
 * Chat: messages to all, or between one person and the teachers. The media server makes the ids and
 * keeps them for the life of a class; a text is text, never markup.
 */
import * as z from 'zod'
import { roleSchema, timestampSchema } from '../class.ts'
import { accountIdSchema, b64u, uuidSchema } from '../ids.ts'
import { MAX_MESSAGE_BYTES, MAX_NAME_LENGTH } from '../limits.ts'
import { REACTIONS, reactionSchema } from './reactions.ts'
import { MAX_CHAT_LENGTH } from './text.ts'

/** Messages that a class keeps; the oldest go first. */
export const MAX_CHAT_MESSAGES = 500

/** Text that a class keeps, in bytes of UTF-8; the oldest go first. */
export const MAX_CHAT_BYTES = 262_144

/** One person's part of either: beyond it that person's own oldest messages go first. */
export const CHAT_SHARE = 4

/** Reactions on all messages of a class together. */
export const MAX_CHAT_REACTIONS = 4_000

/** Messages that one membership may send in one go, and the seconds that each takes to come back. */
export const CHAT_BURST = 10
export const CHAT_SECONDS_EACH = 2

export const messageIdSchema = uuidSchema.brand<'MessageId'>()
export type MessageId = z.infer<typeof messageIdSchema>

const name = z.string().min(1).max(MAX_NAME_LENGTH)

/** Who reacted to a message with what, in the order of `REACTIONS`, without empty ones. */
export const chatReactionsSchema = z
  .array(
    z.object({
      reaction: reactionSchema,
      accountIds: z.array(accountIdSchema).min(1).max(MAX_CHAT_REACTIONS),
    }),
  )
  .max(REACTIONS.length)
export type ChatReactions = z.infer<typeof chatReactionsSchema>

export const chatMessageSchema = z.object({
  id: messageIdSchema,
  /** The sender as of then: people leave, and change their names. */
  accountId: accountIdSchema,
  name,
  role: roleSchema,
  sentAt: timestampSchema,
  text: z.string().min(1).max(MAX_CHAT_LENGTH),
  /** Null for a message to all; else the one person who sees it beside the teachers. */
  privateWith: z.object({ accountId: accountIdSchema, name }).nullable(),
  /** The message that it answers, which may be gone by now. */
  replyTo: messageIdSchema.nullable(),
  reactions: chatReactionsSchema,
  /** The media server's own, over all but the reactions: with it the message can be given back. */
  stamp: b64u(16, 16),
})
export type ChatMessage = z.infer<typeof chatMessageSchema>

const nothing = z.object({})

export const chatRequests = {
  sendChat: {
    request: z.object({
      // Longer ones than a class takes get a code of their own, so the form alone is not enough.
      text: z.string().max(MAX_MESSAGE_BYTES),
      to: z.enum(['all', 'teachers']),
      replyTo: messageIdSchema.nullable(),
    }),
    response: z.object({ id: messageIdSchema }),
  },
  reactToChat: {
    request: z.object({ id: messageIdSchema, reaction: reactionSchema, on: z.boolean() }),
    response: nothing,
  },
}

export const chatNotifications = {
  chatMessage: z.object({ message: chatMessageSchema }),
  chatReactions: z.object({ id: messageIdSchema, reactions: chatReactionsSchema }),
}

export const chatEntrySchema = z.array(chatMessageSchema).max(MAX_CHAT_MESSAGES)
