/**
 * Makes a call whole again after a membership was replaced: a media server that was restarted gets
 * the chat that this browser saw and, from a teacher, the rules of the class; the own hand goes up
 * again, and what stood in front stands in front. It gives back what was, and must never decide
 * anything new.
 */
import {
  type ChatMessage,
  type Entry,
  MAX_KEPT_OUT,
  MAX_RESTORED_MESSAGES,
  type Method,
  type Notification,
  type RequestData,
} from '../../../sfu/protocol/index.ts'
import type { Call } from '../call.ts'
import { isConnectionLoss } from '../errors.ts'
import type { Moderation, ModerationState } from '../moderation/moderation.ts'
import type { Talk, TalkState } from '../talk/talk.ts'
import { browserTimers, type Timers } from '../timers.ts'
import { FrontKeeper } from './front-keeper.ts'

/** Whoever is first gives the chat back; the others find little left to do. */
const CHAT_WITHIN_MS = 1_500
/** Longest that a hand waits for those that were up before it: their people may have gone for good. */
const HAND_WAIT_MS = 10_000
/** Hands that waited in vain go up one after another, so that their order stays. */
const HAND_APART_MS = 250
/** Text of messages in one request, in bytes: names and ids come on top of it. */
const BATCH_BYTES = 16_384
const TRY_AGAIN_MS = 4_000
const MOST_TRIES = 5

export type RecoveryOptions = {
  call: Pick<Call, 'state' | 'events' | 'request'>
  timers?: Timers
}

type Before = { run: string; talk: TalkState; moderation: ModerationState; selfId: string | null }

export class Recovery {
  readonly #call: RecoveryOptions['call']
  readonly #timers: Timers
  readonly #front: FrontKeeper
  #talk: Talk | null = null
  #moderation: Pick<Moderation, 'state'> | null = null
  #run: string | null = null
  #before: Before | null = null
  /** Messages that the media server has said itself, in this run. */
  readonly #told = new Set<string>()
  /** Messages, as they were before the restart, on which this person's reactions are still to give back. */
  readonly #marked = new Map<string, ChatMessage>()
  #owesChat = false
  #callOffChat: (() => void) | null = null

  /** Make it before whatever it watches: it looks at what was before that takes an entry in. */
  constructor({ call, timers = browserTimers }: RecoveryOptions) {
    this.#call = call
    this.#timers = timers
    this.#front = new FrontKeeper(call, timers)
    call.events.on('entering', ({ entry }) => {
      this.#entering(entry)
    })
    call.events.on('notification', (message) => {
      this.#notified(message)
    })
    call.events.on('entered', ({ entry }) => {
      this.#entered(entry)
    })
  }

  /** What it gives back from. */
  watch(talk: Talk, moderation: Pick<Moderation, 'state'>): void {
    this.#talk = talk
    this.#moderation = moderation
    this.#front.watch(talk)
  }

  #entering({ recovery, talk }: Entry): void {
    if (this.#run !== null && this.#run !== recovery.run && this.#talk && this.#moderation) {
      this.#before = {
        run: this.#run,
        talk: this.#talk.state.getState(),
        moderation: this.#moderation.state.getState(),
        selfId: this.#ownAccount(),
      }
      this.#owesChat = true
      this.#told.clear()
      for (const message of this.#before.talk.chat) {
        if (isMarkedBy(message, this.#before.selfId)) this.#marked.set(message.id, message)
      }
    }
    this.#run = recovery.run
    for (const { id } of talk.chat) this.#told.add(id)
  }

  #notified({ notification, data }: Notification): void {
    if (notification === 'chatMessage') this.#told.add(data.message.id)
    if (notification === 'chatRestored') for (const { id } of data.messages) this.#told.add(id)
  }

  #entered(entry: Entry): void {
    const before = this.#before
    this.#before = null
    if (this.#owesChat) this.#planChat(this.#timers.random() * CHAT_WITHIN_MS)
    if (before === null) return
    const { selfId: self, talk } = before
    if (self !== null && this.#talk && talk.hands.includes(self)) {
      this.#raiseInTurn(self, talk.hands.slice(0, talk.hands.indexOf(self)), this.#talk)
    }
    if (entry.role === 'teacher') this.#restoreRules(entry, before)
  }

  /** Raises the own hand once those before it are up again: browsers come back in any order. */
  #raiseInTurn(self: string, before: readonly string[], { state }: Talk): void {
    const raise = (): void => {
      stop()
      void this.#try('raiseHand', {})
    }
    const look = (): void => {
      const { hands } = state.getState()
      // The person was faster.
      if (hands.includes(self)) stop()
      else if (before.every((accountId) => hands.includes(accountId))) raise()
    }
    const stopLooking = state.subscribe(look)
    const callOff = this.#timers.after(HAND_WAIT_MS + before.length * HAND_APART_MS, raise)
    const stop = (): void => {
      stopLooking()
      callOff()
    }
    look()
  }

  /**
   * The first teacher who is back says what held, even where that is nothing: whoever slept through the
   * restart and comes later, with older knowledge, then finds it decided.
   */
  #restoreRules({ recovery }: Entry, { moderation: was, talk }: Before): void {
    const decided = new Set(recovery.decided)
    if (!decided.has('rules')) void this.#try('setRules', was.rules)
    if (!decided.has('removed')) this.#keepOut(was.removed)
    if (decided.has('spotlight')) return
    if (talk.spotlight !== null) this.#front.spotlightAgain(talk.spotlight)
    else if (!this.#front.awaits) void this.#try('setSpotlight', { spotlight: null })
  }

  #keepOut(removed: ModerationState['removed']): void {
    for (let from = 0; from === 0 || from < removed.length; from += MAX_KEPT_OUT) {
      void this.#try('keepOut', { people: removed.slice(from, from + MAX_KEPT_OUT) })
    }
  }

  #planChat(delay: number): void {
    this.#callOffChat?.()
    this.#callOffChat = this.#timers.after(delay, () => {
      this.#giveChat().catch((error: unknown) => {
        // The next entry, or the next try, goes on from where this one stopped.
        if (!isConnectionLoss(error)) this.#planChat(TRY_AGAIN_MS)
      })
    })
  }

  async #giveChat(): Promise<void> {
    const chat = this.#talk?.state.getState().chat ?? []
    const self = this.#ownAccount()
    for (;;) {
      const owed = chat.filter(({ id }) => !this.#told.has(id) || this.#marked.has(id))
      // What others gave back shows their reactions alone by now.
      const batch = batchOf(
        owed.map((message) => this.#marked.get(message.id) ?? message),
        self,
      )
      if (batch.length === 0) break
      await this.#call.request('restoreChat', { messages: batch })
      // Taken or not: the media server has seen these.
      for (const { id } of batch) {
        this.#told.add(id)
        this.#marked.delete(id)
      }
    }
    this.#owesChat = false
  }

  /** One step; one that the connection cut short is tried again, and one that is refused is over. */
  async #try<M extends Method>(method: M, data: RequestData<M>): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      try {
        await this.#call.request(method, data)
        return
      } catch (error) {
        if (!isConnectionLoss(error)) return
        await new Promise<void>((resolve) => this.#timers.after(TRY_AGAIN_MS, resolve))
      }
    }
  }

  #ownAccount(): string | null {
    const { people } = this.#call.state.getState()
    return people.find(({ isSelf }) => isSelf)?.accountId ?? null
  }
}

function isMarkedBy({ reactions }: ChatMessage, self: string | null): boolean {
  return reactions.some(({ accountIds }) => accountIds.some((accountId) => accountId === self))
}

/** The newest of these that fit into one request: they matter most. */
function batchOf(messages: readonly ChatMessage[], self: string | null): ChatMessage[] {
  const batch: ChatMessage[] = []
  let bytes = 0
  for (const message of messages.toReversed()) {
    // A letter takes up to three bytes, six where JSON escapes it.
    bytes += message.text.length * 3
    if (batch.length >= MAX_RESTORED_MESSAGES / 2 || (bytes > BATCH_BYTES && batch.length > 0))
      break
    const reactions = message.reactions.flatMap(({ reaction, accountIds }) => {
      const own = accountIds.filter((accountId) => accountId === self)
      return own.length === 0 ? [] : [{ reaction, accountIds: own }]
    })
    batch.push({ ...message, reactions })
  }
  return batch
}
