/**
 * Time and chance as the media server sees them, handed in so that tests set them. Nothing else in
 * the room may read the machine's clock, start a timer or draw a random number.
 */
import { randomBytes, randomUUID } from 'node:crypto'

/** Stops a timer that has not fired yet. */
export type Cancel = () => void

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Calls `action` once after `milliseconds`. */
  after(milliseconds: number, action: () => void): Cancel
}

export interface Randomness {
  /** A random lower-case UUID (version 4). */
  uuid(): string
  /** `count` random bytes. */
  bytes(count: number): Buffer
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, action) {
    const timer = setTimeout(action, milliseconds)
    return () => {
      clearTimeout(timer)
    }
  },
}

export const systemRandomness: Randomness = {
  uuid: () => randomUUID(),
  bytes: (count) => randomBytes(count),
}

/**
 * Calls `action` again and again until cancelled.
 *
 * @param milliseconds pause before each call
 */
export function every(clock: Clock, milliseconds: number, action: () => void): Cancel {
  let cancel = clock.after(milliseconds, tick)
  function tick(): void {
    cancel = clock.after(milliseconds, tick)
    action()
  }
  return () => {
    cancel()
  }
}
