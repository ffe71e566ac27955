/** Time and chance, handed in so that tests set them. Nothing else in this room may ask for either. */
import { randomBytes, randomUUID } from 'node:crypto'

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
}

export interface Randomness {
  bytes(count: number): Uint8Array<ArrayBuffer>
  uuid(): string
}

export const systemClock: Clock = { now: () => Date.now() }

export const systemRandomness: Randomness = {
  bytes: (count) => new Uint8Array(randomBytes(count)),
  uuid: () => randomUUID(),
}
