/**
 * Whether the messages of a case stand as they were written: web keeps and orders them, and must not be able to leave one
 * out or move one unseen. It cannot know of the newest messages that a person never saw. Pure.
 */
import { hex } from '../format/bytes.ts'
import { FIRST, type CaseOrder } from '../format/case.ts'

/** A message that opened, as web lists it. */
export interface OrderedMessage extends CaseOrder {
  readonly authorId: string
  /** By what later ones name it. */
  readonly mark: Uint8Array
}

const NOTHING_BEFORE = hex(FIRST.after)

/**
 * True when every author's count goes up by one (the same one twice: two devices at once), each message was written
 * after one that stands before it, and the first was written after none.
 */
export function inOrder(messages: readonly OrderedMessage[]): boolean {
  const seen = new Set<string>()
  const counts = new Map<string, number>()
  for (const { authorId, number, after, mark } of messages) {
    const last = counts.get(authorId) ?? -1
    if (number !== last + 1 && number !== last) return false
    if (seen.size === 0 ? hex(after) !== NOTHING_BEFORE : !seen.has(hex(after))) return false
    counts.set(authorId, number)
    seen.add(hex(mark))
  }
  return true
}

/** Where the next message of this author stands. */
export function nextOrder(messages: readonly OrderedMessage[], authorId: string): CaseOrder {
  const own = messages.filter((message) => message.authorId === authorId)
  return {
    number: own.reduce((most, { number }) => Math.max(most, number), -1) + 1,
    after: messages.at(-1)?.mark ?? FIRST.after,
  }
}
