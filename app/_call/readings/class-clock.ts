/**
 * The clock of a class on this device: what the media server announced, carried on by this device's
 * own. Nothing here trusts this device to know the time of day.
 */
import type { Timers } from '../timers.ts'

export class ClassClock {
  readonly #timers: Timers
  #offset = 0

  constructor(timers: Timers) {
    this.#timers = timers
  }

  /** Takes the media server's time, milliseconds since 1970, as of now. */
  set(now: number): void {
    this.#offset = now - this.#timers.now()
  }

  /** The class's time now, milliseconds since 1970. */
  now(): number {
    return Math.round(this.#timers.now() + this.#offset)
  }

  /** The number of the interval that runs now, from 0. */
  interval(startedAt: number, intervalSeconds: number): number {
    return Math.max(0, Math.floor((this.now() - startedAt) / (intervalSeconds * 1_000)))
  }
}
