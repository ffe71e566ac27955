/**
 * The messages of one class, bounded in number, in bytes and in each person's part of both. It knows
 * who may see what, and nothing of connections. It lives in memory alone and must never be logged.
 */
import {
  type AccountId,
  type ChatMessage,
  type ChatReactions,
  CHAT_SHARE,
  type ClassId,
  cleanChatText,
  MAX_CHAT_BYTES,
  MAX_CHAT_LENGTH,
  MAX_CHAT_MESSAGES,
  MAX_CHAT_REACTIONS,
  type MessageId,
  messageIdSchema,
  type Reaction,
  REACTIONS,
  type Role,
  SignalingError,
} from '../../protocol/index.ts'
import type { StampedValue, Stamps } from '../../stamps.ts'

/** One who writes or reads, as of now. */
export interface ChatPerson {
  accountId: AccountId
  name: string
  role: Role
}

/** Stamps messages of one class, and knows its own again. */
export interface ChatStamps {
  make: (message: Unstamped) => string
  check: (stamp: string, message: Unstamped) => boolean
}

/** What a stamp covers: all but the reactions. */
type Unstamped = Omit<ChatMessage, 'reactions' | 'stamp'>

export interface NewMessage {
  text: string
  to: 'all' | 'teachers'
  replyTo: MessageId | null
}

type Reader = Pick<ChatPerson, 'accountId' | 'role'>

interface Kept {
  message: Omit<ChatMessage, 'reactions'>
  bytes: number
  reactions: Map<Reaction, Set<AccountId>>
  /** It is from before a restart, as reactions on it may be. */
  restored: boolean
}

/** What came of messages that were given back. */
export interface Restored {
  /** Those that are kept now and were not before. */
  taken: ChatMessage[]
  /** Those that somebody gave back before, with reactions that are new. */
  changed: ChatMessage[]
}

export class ChatStore {
  readonly #newId: () => string
  readonly #stamps: ChatStamps
  /** In the order in which they were sent. */
  readonly #kept = new Map<MessageId, Kept>()
  #bytes = 0
  #reactions = 0

  constructor(newId: () => string, stamps: ChatStamps) {
    this.#newId = newId
    this.#stamps = stamps
  }

  /** Text that is kept now, in bytes. */
  get bytes(): number {
    return this.#bytes
  }

  /**
   * Keeps a message.
   *
   * @throws {SignalingError} `chat-empty`, `chat-too-long`, `chat-message-unknown`, `chat-private`
   */
  add(sender: ChatPerson, { text, to, replyTo }: NewMessage, now: number): ChatMessage {
    const cleaned = cleanChatText(text)
    if (cleaned === '') throw new SignalingError('chat-empty')
    if (cleaned.length > MAX_CHAT_LENGTH) throw new SignalingError('chat-too-long')
    const answered = replyTo === null ? null : this.#seen(sender, replyTo).message
    if (to === 'all' && answered !== null && answered.privateWith !== null) {
      throw new SignalingError('chat-private')
    }
    const message = {
      id: messageIdSchema.parse(this.#newId()),
      ...sender,
      sentAt: now,
      text: cleaned,
      privateWith: to === 'all' ? null : partner(sender, answered),
      replyTo,
    }
    const kept = this.#keep({ ...message, stamp: this.#stamps.make(message) })
    this.#makeRoom(sender.accountId)
    return describe(kept)
  }

  /**
   * Sets or takes away a person's reaction on a message.
   *
   * @returns null where nothing changed
   * @throws {SignalingError} `chat-message-unknown`, `chat-reactions-full`
   */
  react(reader: Reader, id: MessageId, reaction: Reaction, on: boolean): ChatMessage | null {
    const kept = this.#seen(reader, id)
    const { accountId } = reader
    const people = kept.reactions.get(reaction) ?? new Set<AccountId>()
    if (people.has(accountId) === on) return null
    if (on && this.#reactions >= MAX_CHAT_REACTIONS) {
      throw new SignalingError('chat-reactions-full')
    }
    if (on) people.add(accountId)
    else people.delete(accountId)
    kept.reactions.set(reaction, people)
    this.#reactions += on ? 1 : -1
    return describe(kept)
  }

  /**
   * Takes back messages that were sent here before a restart, at their old places, and the own reactions
   * on them, whoever gave the messages back.
   *
   * @param reader who gives them back: only what this person may see is taken
   */
  restore(reader: Reader, messages: readonly ChatMessage[]): Restored {
    const given = messages.filter(({ id }) => this.#kept.has(id))
    const taken = messages.filter(({ reactions: _, stamp, ...message }) => {
      const known = this.#kept.has(message.id)
      if (known || !maySee(reader, message)) return false
      if (!this.#stamps.check(stamp, message)) return false
      this.#keep({ ...message, stamp }, true)
      return true
    })
    if (taken.length > 0) this.#putInOrder(taken)
    for (const message of taken) this.#restoreOwn(reader, message)
    const changed = given.filter((message) => this.#restoreOwn(reader, message))
    return { taken: this.#asKept(taken), changed: this.#asKept(changed) }
  }

  /** What a person may see, oldest first. */
  visibleTo(reader: Reader): ChatMessage[] {
    return [...this.#kept.values()]
      .filter(({ message }) => maySee(reader, message))
      .map((kept) => describe(kept))
  }

  /** Older messages take their old places, within the bounds of what is kept. */
  #putInOrder(taken: readonly ChatMessage[]): void {
    const inOrder = [...this.#kept.values()].toSorted(
      (one, other) => one.message.sentAt - other.message.sentAt,
    )
    this.#kept.clear()
    for (const kept of inOrder) this.#kept.set(kept.message.id, kept)
    for (const accountId of new Set(taken.map((message) => message.accountId))) {
      this.#makeRoom(accountId)
    }
  }

  #asKept(messages: readonly ChatMessage[]): ChatMessage[] {
    return messages.flatMap(({ id }) => {
      const kept = this.#kept.get(id)
      return kept === undefined ? [] : [describe(kept)]
    })
  }

  /**
   * Who gives a message back can speak for the own reactions on it alone.
   *
   * @returns whether one of them was new
   */
  #restoreOwn(reader: Reader, { id, reactions }: ChatMessage): boolean {
    const kept = this.#kept.get(id)
    // On what was sent since the restart one reacts as ever, at the pace of that.
    if (kept?.restored !== true || !maySee(reader, kept.message)) return false
    let added = false
    for (const { reaction, accountIds } of reactions) {
      if (!accountIds.includes(reader.accountId)) continue
      if (this.#reactions >= MAX_CHAT_REACTIONS) break
      if (this.react(reader, id, reaction, true) !== null) added = true
    }
    return added
  }

  #keep(message: Kept['message'], restored = false): Kept {
    const bytes = Buffer.byteLength(message.text)
    const kept = { message, bytes, reactions: new Map(), restored }
    this.#kept.set(message.id, kept)
    this.#bytes += kept.bytes
    return kept
  }

  /** A message that this person may see; one that is hidden is as good as gone. */
  #seen(reader: Reader, id: MessageId): Kept {
    const kept = this.#kept.get(id)
    if (kept === undefined || !maySee(reader, kept.message)) {
      throw new SignalingError('chat-message-unknown')
    }
    return kept
  }

  /** The sender's own oldest go where the sender has too large a part, then the oldest of all. */
  #makeRoom(sender: AccountId): void {
    const own = [...this.#kept.values()].filter(({ message }) => message.accountId === sender)
    let ownBytes = own.reduce((sum, { bytes }) => sum + bytes, 0)
    for (const [index, kept] of own.entries()) {
      const count = own.length - index
      if (count * CHAT_SHARE <= MAX_CHAT_MESSAGES && ownBytes * CHAT_SHARE <= MAX_CHAT_BYTES) break
      ownBytes -= kept.bytes
      this.#drop(kept)
    }
    for (const kept of this.#kept.values()) {
      if (this.#kept.size <= MAX_CHAT_MESSAGES && this.#bytes <= MAX_CHAT_BYTES) break
      this.#drop(kept)
    }
  }

  #drop(kept: Kept): void {
    this.#kept.delete(kept.message.id)
    this.#bytes -= kept.bytes
    for (const people of kept.reactions.values()) this.#reactions -= people.size
  }
}

/** Whether a person may see a message. */
export function maySee(
  { accountId, role }: Reader,
  { privateWith }: Pick<ChatMessage, 'privateWith'>,
): boolean {
  return privateWith === null || role === 'teacher' || privateWith.accountId === accountId
}

/**
 * Whom a message to the teachers is shared with: the sender, unless a teacher answers somebody.
 *
 * @param answered the message that it answers
 */
function partner(
  sender: ChatPerson,
  answered: Kept['message'] | null,
): NonNullable<ChatMessage['privateWith']> {
  if (sender.role === 'teacher' && answered !== null) {
    if (answered.privateWith !== null) return answered.privateWith
    if (answered.role !== 'teacher') {
      return { accountId: answered.accountId, name: answered.name }
    }
  }
  return { accountId: sender.accountId, name: sender.name }
}

function describe({ message, reactions }: Kept): ChatMessage {
  const given: ChatReactions = REACTIONS.flatMap((reaction) => {
    const people = reactions.get(reaction)
    if (people === undefined || people.size === 0) return []
    return [{ reaction, accountIds: [...people] }]
  })
  return { ...message, reactions: given }
}

/** The stamps of one class's messages. */
export function stampsOfChat(stamps: Stamps, classId: ClassId): ChatStamps {
  const valuesOf = (message: Unstamped): StampedValue[] => {
    const { id, accountId, name, role, sentAt, text, privateWith, replyTo } = message
    const partner = privateWith === null ? [null, null] : [privateWith.accountId, privateWith.name]
    return [classId, id, accountId, name, role, sentAt, text, ...partner, replyTo]
  }
  return {
    make: (message) => stamps.make('chat', valuesOf(message)),
    check: (stamp, message) => stamps.check(stamp, 'chat', valuesOf(message)),
  }
}
