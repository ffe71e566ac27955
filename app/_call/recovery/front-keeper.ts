/**
 * Keeps what stands in front where it was when the people in it come back as new members: the own
 * pin, and what a teacher's browser had put in front of everyone. It knows people by their accounts,
 * and must never put anyone in front who was not, nor long after, nor after a teacher chose anew.
 */
import { memberIdSchema, type Spotlight } from '../../../sfu/protocol/index.ts'
import type { Call } from '../call.ts'
import type { Talk } from '../talk/talk.ts'
import type { Focus } from '../tiles/focus.ts'
import type { Timers } from '../timers.ts'

/** Whoever is away for longer finds the class elsewhere. */
const AWAITED_MS = 60_000

type Front = { accountId: string; source: Focus['source'] }

export class FrontKeeper {
  readonly #call: Pick<Call, 'state' | 'events' | 'request'>
  readonly #timers: Timers
  #talk: Talk | null = null
  #pinned: Front | null = null
  /** A spotlight that waits until its person is back. */
  #awaited: Front | null = null
  #callOffWait: (() => void) | null = null
  readonly #accounts = new Map<string, string>()

  constructor(call: Pick<Call, 'state' | 'events' | 'request'>, timers: Timers) {
    this.#call = call
    this.#timers = timers
    call.events.on('notification', ({ notification }) => {
      // A teacher has chosen by now, be it that nothing is in front.
      if (notification === 'spotlight') this.#await(null)
    })
    call.events.on('entered', ({ entry }) => {
      if (entry.recovery.decided.includes('spotlight')) this.#await(null)
    })
    call.state.subscribe(() => {
      this.#look()
    })
  }

  watch(talk: Talk): void {
    this.#talk = talk
    let seen = talk.state.getState().pin
    talk.state.subscribe(() => {
      const { pin } = talk.state.getState()
      if (pin === seen) return
      seen = pin
      this.#pinned = this.#frontOf(pin)
    })
  }

  /** Whether a spotlight waits for its person. */
  get awaits(): boolean {
    return this.#awaited !== null
  }

  /** A teacher's: the same person or screen in front for everyone, if it is there again soon. */
  spotlightAgain(spotlight: Spotlight): void {
    this.#await(this.#frontOf(spotlight))
    this.#look()
  }

  #await(front: Front | null): void {
    this.#callOffWait?.()
    this.#callOffWait = null
    this.#awaited = front
    if (front === null) return
    this.#callOffWait = this.#timers.after(AWAITED_MS, () => {
      this.#await(null)
    })
  }

  #look(): void {
    this.#learn()
    const pin = this.#talk?.state.getState().pin ?? null
    if (pin !== null && this.#pinned !== null && !this.#isThere(pin.memberId)) {
      const again = this.#find(this.#pinned)
      if (again !== null) this.#talk?.setPin(again)
    }
    if (this.#awaited === null) return
    const found = this.#find(this.#awaited)
    if (found === null) return
    this.#await(null)
    const spotlight = { ...found, memberId: memberIdSchema.parse(found.memberId) }
    // Someone else may have put something in front by now, or the person may be gone again.
    this.#call.request('setSpotlight', { spotlight }).catch(() => undefined)
  }

  #learn(): void {
    for (const { memberId, accountId } of this.#call.state.getState().people) {
      this.#accounts.set(memberId, accountId)
    }
  }

  #isThere(memberId: string): boolean {
    return this.#call.state.getState().people.some((person) => person.memberId === memberId)
  }

  #find({ accountId, source }: Front): Focus | null {
    const person = this.#call.state
      .getState()
      .people.find(
        (one) =>
          one.accountId === accountId && (source === 'camera' || one.feeds.screen?.producerId),
      )
    return person === undefined ? null : { memberId: person.memberId, source }
  }

  #frontOf(focus: Focus | Spotlight | null): Front | null {
    if (focus === null) return null
    this.#learn()
    const accountId = this.#accounts.get(focus.memberId)
    return accountId === undefined ? null : { accountId, source: focus.source }
  }
}
