/**
 * Class time: which interval it is, by the class's clock as the SFU announces it. Pure, but for the clock and timers
 * that are handed in. Records carry interval numbers and never wall time, so nothing here may leak into them.
 */

/** Timers, handed in so that tests set them. */
export interface Timers {
  /** Runs `run` once after `ms`; the answer cancels it. */
  after(ms: number, run: () => void): () => void
}

export class ClassClock {
  readonly startedAt: number
  /** Milliseconds. */
  readonly interval: number
  readonly #now: () => number
  #offset = 0

  /**
   * @param startedAt the class's start by the SFU's clock, milliseconds since 1970
   * @param intervalSeconds seconds from one reading to the next
   * @param now this device's clock, milliseconds
   */
  constructor(startedAt: number, intervalSeconds: number, now: () => number) {
    this.startedAt = startedAt
    this.interval = intervalSeconds * 1000
    this.#now = now
  }

  /** The class's time less this device's, milliseconds. */
  get offset(): number {
    return this.#offset
  }

  /** Sets the offset, as the SFU's announcements say. */
  sync(offset: number): void {
    this.#offset = offset
  }

  /** Milliseconds since the class began; never negative. */
  elapsed(): number {
    return Math.max(0, this.#now() + this.#offset - this.startedAt)
  }

  /** The interval that it is now, from 0. */
  current(): number {
    return Math.floor(this.elapsed() / this.interval)
  }

  /** The end of an interval by the class's clock, milliseconds since 1970. */
  endOf(interval: number): number {
    return this.startedAt + (interval + 1) * this.interval
  }

  /** Milliseconds from now until the class is `at` milliseconds old; negative when past. */
  until(at: number): number {
    return at - this.elapsed()
  }

  /** The same moment on this device's clock. */
  toDevice(at: number): number {
    return this.#now() + this.until(at)
  }
}

/** The share of an interval at which a device's records leave: drawn once, between 10 and 60 %. */
export function drawPhase(random: () => number): number {
  return 0.1 + 0.5 * random()
}

/** The first interval whose moment (its start plus `phase`) is still to come. */
export function nextInterval(elapsed: number, interval: number, phase: number): number {
  return Math.max(0, Math.floor(elapsed / interval - phase) + 1)
}

/** How long before its record leaves a reading is asked for: most of an interval, ten seconds at most. */
export function leadTime(interval: number): number {
  return Math.min(0.6 * interval, 10_000)
}
