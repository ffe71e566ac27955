/**
 * The clock of a class on this device: what the media server announced, carried on by this device's
 * own. Nothing here trusts this device to know the time of day, nor an announcement to come at once:
 * one that a cut or a busy machine held up names a time that is long past.
 */
import type { Timers } from '../timers.ts'

/** Announcements that are late by as much as each other, and not by chance, milliseconds. */
const AGREE_MS = 250
/** How far apart two that agree have to be: what was held up comes all at once. Milliseconds. */
const APART_MS = 10_000

export class ClassClock {
  readonly #timers: Pick<Timers, 'now'>
  #offset: number | null = null
  /** The last announcement that seemed late. */
  #late: { offset: number; now: number } | null = null

  constructor(timers: Pick<Timers, 'now'>) {
    this.#timers = timers
  }

  /** The class's time less this device's, milliseconds. */
  get offset(): number {
    return this.#offset ?? 0
  }

  /**
   * Hears the media server's time, milliseconds since 1970. It can come late, and never early: the
   * clock goes forward by any announcement, and back only by two that agree, as when this device's
   * own clock was set.
   */
  hear(now: number): void {
    const offset = now - this.#timers.now()
    const late = this.#late
    const agrees =
      late !== null &&
      Math.abs(offset - late.offset) <= AGREE_MS &&
      Math.abs(now - late.now) >= APART_MS
    if (this.#offset === null || offset >= this.#offset || agrees) {
      this.#offset = offset
      this.#late = null
    } else this.#late = { offset, now }
  }

  /**
   * Takes the media server's answer to a question. It was true at some moment since the asking: a
   * clock that lies outside these bounds is wrong, and is set right at once, forward or back.
   *
   * @param askedAt when this device asked, by its own clock
   */
  measured(now: number, askedAt: number): void {
    this.#late = null
    const offset = now - this.#timers.now()
    if (this.#offset === null || this.#offset < offset || this.#offset > now - askedAt) {
      this.#offset = offset
    }
  }

  /** The number of the interval that runs now, from 0. */
  interval(startedAt: number, intervalSeconds: number): number {
    const elapsed = this.#timers.now() + this.offset - startedAt
    return Math.max(0, Math.floor(elapsed / (intervalSeconds * 1_000)))
  }
}
