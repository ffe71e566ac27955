/**
 * Keeps what this browser asks below what the media server takes of one membership: on entering a large
 * class, or when media is built anew, everything is asked for at once, and what is over the limit would be
 * refused and never asked again. It delays, in order, lets what cannot wait go first, and must never drop
 * anything.
 */
import { MESSAGE_BURST, MESSAGES_PER_SECOND } from '../../../sfu/protocol/index.ts'
import type { Timers } from '../timers.ts'

/** Below the limits themselves: some messages go another way, and clocks differ. */
const BURST = MESSAGE_BURST * 0.75
const EVERY_MS = 1_000 / (MESSAGES_PER_SECOND * 0.9)

export class Pace {
  readonly #timers: Timers
  readonly #urgent: (() => void)[] = []
  readonly #waiting: (() => void)[] = []
  /** When the allowance will be whole again. */
  #wholeAt = Number.NEGATIVE_INFINITY
  #planned = false

  constructor(timers: Timers) {
    this.#timers = timers
  }

  /**
   * Settles when one more message may go; null where it may go at once.
   *
   * @param urgent it goes before all that is not, however much of that waits
   */
  turn(urgent = false): Promise<void> | null {
    const before = urgent ? this.#urgent.length : this.#length
    if (before === 0 && this.#take()) return null
    const { promise, resolve } = Promise.withResolvers<undefined>()
    const queue = urgent ? this.#urgent : this.#waiting
    queue.push(() => {
      resolve(undefined)
    })
    this.#plan()
    return promise
  }

  get #length(): number {
    return this.#urgent.length + this.#waiting.length
  }

  #take(): boolean {
    const now = this.#timers.now()
    const wholeAt = Math.max(now, this.#wholeAt) + EVERY_MS
    if (wholeAt - now > BURST * EVERY_MS) return false
    this.#wholeAt = wholeAt
    return true
  }

  #plan(): void {
    if (this.#planned) return
    this.#planned = true
    this.#timers.after(Math.ceil(EVERY_MS), () => {
      this.#planned = false
      while (this.#length > 0 && this.#take()) {
        const next = this.#urgent.shift() ?? this.#waiting.shift()
        next?.()
      }
      if (this.#length > 0) this.#plan()
    })
  }
}
