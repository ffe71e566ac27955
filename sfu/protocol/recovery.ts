/**
 * What browsers give back to a media server that was restarted and has forgotten the class: the chat
 * that they saw, who must stay out, and that they were in before. Chat and the pass carry a stamp of
 * the media server's own, so that nothing can be invented here.
 */
import * as z from 'zod'
import { b64u, uuidSchema } from './ids.ts'
import { removedPersonSchema } from './moderation.ts'
import { chatEntrySchema, chatMessageSchema } from './talk/chat.ts'

/** Messages that one request may give back; it must fit into one message of a browser as well. */
export const MAX_RESTORED_MESSAGES = 100

/** People that one request may keep out. */
export const MAX_KEPT_OUT = 200

export const passSchema = b64u(16, 16)

/** What teachers give back: the rules with the lock, who is kept out, what stands in front. */
export const decisionSchema = z.enum(['rules', 'removed', 'spotlight'])
export type Decision = z.infer<typeof decisionSchema>

/** What an entry says for the case of a restart. */
export const recoveryEntrySchema = z.object({
  /** Random, made when the media server opened the class: another one means that it was restarted. */
  run: uuidSchema,
  /** Shown on joining again: this person was let in before. */
  pass: passSchema,
  /**
   * What a teacher has set in this run, or given back to it: a browser that comes later, from before
   * the restart, must not give back what it remembers. `removed` is `keepOut` alone.
   */
  decided: z.array(decisionSchema).max(3).default([]),
})

export const recoveryRequests = {
  /** Of reactions only one's own are taken, on messages too that somebody else gave back before. */
  restoreChat: {
    request: z.object({ messages: z.array(chatMessageSchema).max(MAX_RESTORED_MESSAGES) }),
    /** How many were new to the media server. */
    response: z.object({ taken: z.int().min(0) }),
  },
  /** A teacher's: people who were sent out before the restart. */
  keepOut: {
    request: z.object({ people: z.array(removedPersonSchema).max(MAX_KEPT_OUT) }),
    response: z.object({}),
  },
}

export const recoveryNotifications = {
  /** Older messages, of which a member may know some already. */
  chatRestored: z.object({ messages: chatEntrySchema }),
}
