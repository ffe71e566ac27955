/**
 * What people of the class say to each other beside sound and picture, as this member sees it: chat,
 * raised hands, reactions, the spotlight, and the own pin. It follows the media server's word and
 * asks it; it must never show what was not told, and never keep anything beyond the page.
 */
import {
  accountIdSchema,
  type ChatMessage,
  cleanChatText,
  type Entry,
  MAX_CHAT_LENGTH,
  type MessageId,
  type Notification,
  type Reaction,
  SignalingError,
  type Spotlight,
} from '../../../sfu/protocol/index.ts'
import type { Call } from '../call.ts'
import { Emitter, type Listenable } from '../emitter.ts'
import { createStore, type ReadableStore, type Store } from '../store.ts'
import { type Focus, sameFocus } from '../tiles/focus.ts'
import { browserTimers, type Timers } from '../timers.ts'

/** A reaction that is in the air now. */
export type LiveReaction = { key: number; memberId: string; name: string; reaction: Reaction }

export type TalkState = {
  /** What this member may see, oldest first. */
  chat: readonly ChatMessage[]
  /** Messages of others that came while the chat was closed. */
  unread: number
  /** Accounts whose hand is up, the first first. */
  hands: readonly string[]
  reactions: readonly LiveReaction[]
  /** What a teacher puts in front of everyone. */
  spotlight: Spotlight | null
  /** What this person puts in front, for this view alone. */
  pin: Focus | null
}

/** What may be said aloud: of others, and only as it happens. */
export type TalkEvents = {
  message: ChatMessage
  handRaised: { name: string }
  reaction: LiveReaction
}

export type TalkOptions = {
  call: Pick<Call, 'state' | 'events' | 'request'>
  timers?: Timers
}

const REACTION_SHOWN_MS = 5_000

/** More than this at once is a cheer, and nobody reads it. */
const MOST_REACTIONS = 40

/** More messages than the media server keeps stay readable here, but not without end. */
const MOST_MESSAGES = 2_000

export class Talk {
  readonly #call: TalkOptions['call']
  readonly #timers: Timers
  readonly #store: Store<TalkState> = createStore<TalkState>({
    chat: [],
    unread: 0,
    hands: [],
    reactions: [],
    spotlight: null,
    pin: null,
  })
  readonly #events = new Emitter<TalkEvents>()
  #chatOpen = false
  #nextKey = 0

  constructor({ call, timers = browserTimers }: TalkOptions) {
    this.#call = call
    this.#timers = timers
    call.events.on('entering', ({ entry }) => {
      this.#entered(entry)
    })
    call.events.on('notification', (message) => {
      this.#notified(message)
    })
  }

  get state(): ReadableStore<TalkState> {
    return this.#store
  }

  get events(): Listenable<TalkEvents> {
    return this.#events
  }

  /**
   * Sends a message.
   *
   * @throws SignalingError, CallError
   */
  async send(text: string, to: 'all' | 'teachers', replyTo: MessageId | null): Promise<void> {
    // A text that is far too long would end the connection instead of being refused.
    const cleaned = cleanChatText(text)
    if (cleaned.length > MAX_CHAT_LENGTH) throw new SignalingError('chat-too-long')
    if (cleaned === '') throw new SignalingError('chat-empty')
    await this.#call.request('sendChat', { text: cleaned, to, replyTo })
  }

  /** Leaves a reaction on a message, or takes it away. */
  async mark(id: MessageId, reaction: Reaction, on: boolean): Promise<void> {
    await this.#call.request('reactToChat', { id, reaction, on })
  }

  /** The chat is looked at now, or no longer. */
  setChatOpen(open: boolean): void {
    this.#chatOpen = open
    if (open) this.#store.patch({ unread: 0 })
  }

  async setHand(up: boolean): Promise<void> {
    await this.#call.request(up ? 'raiseHand' : 'lowerHand', {})
  }

  /** A teacher's. */
  async lowerHandOf(accountId: string): Promise<void> {
    const data = { accountId: accountIdSchema.parse(accountId) }
    await this.#call.request('lowerHandOf', data)
  }

  /** A teacher's. */
  async lowerAllHands(): Promise<void> {
    await this.#call.request('lowerAllHands', {})
  }

  async react(reaction: Reaction): Promise<void> {
    await this.#call.request('react', { reaction })
  }

  /** A teacher's: puts something in front for everyone; null takes it away. */
  async setSpotlight(spotlight: Spotlight | null): Promise<void> {
    await this.#call.request('setSpotlight', { spotlight })
  }

  /** Puts something in front for this view alone; null takes it away. */
  setPin(pin: Focus | null): void {
    if (!sameFocus(this.#store.getState().pin, pin)) this.#store.patch({ pin })
  }

  #entered({ talk }: Entry): void {
    this.#store.update((state) => {
      const known = new Set(state.chat.map(({ id }) => id))
      // What the class no longer keeps stays readable for those who saw it.
      const fresh = talk.chat.filter(({ id }) => !known.has(id))
      const current = new Map(talk.chat.map((message) => [message.id, message]))
      const chat = [...state.chat.map((message) => current.get(message.id) ?? message), ...fresh]
        .sort((one, other) => one.sentAt - other.sentAt)
        .slice(-MOST_MESSAGES)
      const missed = state.chat.length === 0 || this.#chatOpen ? 0 : this.#ofOthers(fresh)
      return {
        ...state,
        chat,
        unread: state.unread + missed,
        hands: talk.hands,
        spotlight: talk.spotlight,
      }
    })
  }

  #notified({ notification, data }: Notification): void {
    if (notification === 'chatMessage') this.#addMessage(data.message)
    else if (notification === 'chatRestored') this.#addRestored(data.messages)
    else if (notification === 'chatReactions') {
      const { id, reactions } = data
      this.#store.update((state) => ({
        ...state,
        chat: state.chat.map((message) =>
          message.id === id ? { ...message, reactions } : message,
        ),
      }))
    } else if (notification === 'hands') this.#setHands(data.accountIds)
    else if (notification === 'spotlight') this.#store.patch({ spotlight: data.spotlight })
    else if (notification === 'reaction') this.#addReaction(data.memberId, data.reaction)
  }

  #addMessage(message: ChatMessage): void {
    const { chat, unread } = this.#store.getState()
    if (chat.some(({ id }) => id === message.id)) return
    const ofOthers = this.#ofOthers([message])
    this.#store.patch({
      chat: [...chat, message].slice(-MOST_MESSAGES),
      unread: this.#chatOpen ? 0 : unread + ofOthers,
    })
    if (ofOthers > 0) this.#events.emit('message', message)
  }

  /** Older messages that came back: they take their places, and are no news. */
  #addRestored(messages: readonly ChatMessage[]): void {
    const { chat } = this.#store.getState()
    const known = new Set(chat.map(({ id }) => id))
    const back = messages.filter(({ id }) => !known.has(id))
    if (back.length === 0) return
    const inOrder = [...chat, ...back].sort((one, other) => one.sentAt - other.sentAt)
    this.#store.patch({ chat: inOrder.slice(-MOST_MESSAGES) })
  }

  #ofOthers(messages: readonly ChatMessage[]): number {
    const self = this.#self()
    return messages.filter(({ accountId }) => accountId !== self).length
  }

  #setHands(hands: readonly string[]): void {
    const before = this.#store.getState().hands
    this.#store.patch({ hands })
    const self = this.#self()
    for (const accountId of hands) {
      if (before.includes(accountId) || accountId === self) continue
      const person = this.#call.state.getState().people.find((one) => one.accountId === accountId)
      if (person !== undefined) this.#events.emit('handRaised', { name: person.name })
    }
  }

  #addReaction(memberId: string, reaction: Reaction): void {
    const person = this.#call.state.getState().people.find((one) => one.memberId === memberId)
    if (person === undefined) return
    this.#nextKey += 1
    const live = { key: this.#nextKey, memberId, name: person.name, reaction }
    const { reactions } = this.#store.getState()
    this.#store.patch({ reactions: [...reactions, live].slice(-MOST_REACTIONS) })
    this.#timers.after(REACTION_SHOWN_MS, () => {
      this.#store.update((state) => ({
        ...state,
        reactions: state.reactions.filter(({ key }) => key !== live.key),
      }))
    })
    if (!person.isSelf) this.#events.emit('reaction', live)
  }

  #self(): string | null {
    return this.#call.state.getState().people.find(({ isSelf }) => isSelf)?.accountId ?? null
  }
}
