/**
 * Chat among the members who are here: takes a message, within the sender's pace, and tells those who
 * may see it. What is kept, and who may see it, the store says.
 */
import type { Clock } from '../../clock.ts'
import {
  CHAT_BURST,
  CHAT_SECONDS_EACH,
  type ChatMessage,
  type ClassId,
  type MessageId,
  type Notification,
  type Reaction,
} from '../../protocol/index.ts'
import type { Stamps } from '../../stamps.ts'
import type { LiveClass } from '../live-class.ts'
import type { Member } from '../member.ts'
import { type ChatPerson, ChatStore, maySee, type NewMessage, stampsOfChat } from './chat-store.ts'
import { Pace } from './pace.ts'

/** Changes of reactions on messages that a membership may make in one go, and a second. */
const MARK_BURST = 20
const MARKS_PER_SECOND = 1

/** Times that a membership may give messages back in one go, and a second. */
const RESTORE_BURST = 10
const RESTORES_PER_SECOND = 0.5

export interface ChatOptions {
  clock: Clock
  newId: () => string
  stamps: Stamps
  classId: ClassId
}

export class Chat {
  readonly #class: Pick<LiveClass, 'members'>
  readonly #clock: Clock
  readonly #store: ChatStore
  readonly #messages: Pace
  readonly #marks: Pace
  readonly #restores: Pace

  constructor(
    liveClass: Pick<LiveClass, 'members'>,
    { clock, newId, stamps, classId }: ChatOptions,
  ) {
    this.#class = liveClass
    this.#clock = clock
    this.#store = new ChatStore(newId, stampsOfChat(stamps, classId))
    this.#messages = new Pace(clock, { burst: CHAT_BURST, perSecond: 1 / CHAT_SECONDS_EACH })
    this.#marks = new Pace(clock, { burst: MARK_BURST, perSecond: MARKS_PER_SECOND })
    this.#restores = new Pace(clock, { burst: RESTORE_BURST, perSecond: RESTORES_PER_SECOND })
  }

  /**
   * Sends a message to whom it is for.
   *
   * @throws {SignalingError} `rate-limited`, and what the store says
   */
  send(member: Member, message: NewMessage): MessageId {
    this.#messages.take(member)
    const kept = this.#store.add(personOf(member), message, this.#clock.now())
    this.#tell(kept, { notification: 'chatMessage', data: { message: kept } })
    return kept.id
  }

  /** @throws {SignalingError} `rate-limited`, and what the store says */
  react(member: Member, id: MessageId, reaction: Reaction, on: boolean): void {
    this.#marks.take(member)
    const changed = this.#store.react(personOf(member), id, reaction, on)
    if (changed !== null) this.#tellReactions(changed)
  }

  /**
   * Takes back messages that this media server sent before a restart, with the member's reactions on them,
   * and tells those who may see them; what it did not send, or not to this member, it leaves out.
   *
   * @returns how many were new
   * @throws {SignalingError} `rate-limited`
   */
  restore(member: Member, messages: readonly ChatMessage[]): number {
    this.#restores.take(member)
    const { taken, changed } = this.#store.restore(personOf(member), messages)
    for (const message of changed) this.#tellReactions(message)
    if (taken.length === 0) return 0
    for (const other of this.#class.members) {
      const seen = taken.filter((message) => maySee(personOf(other), message))
      if (seen.length > 0) {
        other.notify({ notification: 'chatRestored', data: { messages: seen } })
      }
    }
    return taken.length
  }

  /** What a member who enters may see. */
  describeTo(member: Member): ChatMessage[] {
    return this.#store.visibleTo(personOf(member))
  }

  #tellReactions(message: ChatMessage): void {
    const { id, reactions } = message
    this.#tell(message, { notification: 'chatReactions', data: { id, reactions } })
  }

  #tell(message: ChatMessage, notification: Notification): void {
    for (const member of this.#class.members) {
      if (maySee(personOf(member), message)) member.notify(notification)
    }
  }
}

function personOf({ accountId, name, role }: Member): ChatPerson {
  return { accountId: accountId.reveal(), name: name.reveal(), role }
}
