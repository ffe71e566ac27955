/**
 * Loose limits by address, against floods of connections alone: a whole school may sit behind one
 * address. Limits on what members do are per membership and stand elsewhere.
 */
import type { Clock } from '../clock.ts'
import { TokenBucket } from '../token-bucket.ts'

/** Connections an address may open in one go, and each second after that. */
const CONNECTION_BURST = 400
const CONNECTIONS_PER_SECOND = 20
/** Connections of all addresses together. */
const CONNECTION_LIMIT = 5_000
/** Addresses that are remembered before those at rest are forgotten. */
const REMEMBERED = 1_000

export class AddressLimits {
  readonly #clock: Clock
  readonly #buckets = new Map<string, TokenBucket>()
  #open = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * Counts a new connection.
   *
   * @returns whether it may be opened; if so, `closed` must be called once
   */
  opened(address: string): boolean {
    if (this.#open >= CONNECTION_LIMIT || !this.#bucket(address).take()) return false
    this.#open += 1
    return true
  }

  closed(): void {
    this.#open -= 1
  }

  #bucket(address: string): TokenBucket {
    const known = this.#buckets.get(address)
    if (known !== undefined) return known
    if (this.#buckets.size >= REMEMBERED) this.#forget()
    const fresh = new TokenBucket(this.#clock, {
      burst: CONNECTION_BURST,
      perSecond: CONNECTIONS_PER_SECOND,
    })
    this.#buckets.set(address, fresh)
    return fresh
  }

  #forget(): void {
    for (const [address, bucket] of this.#buckets) {
      if (bucket.isFull()) this.#buckets.delete(address)
    }
    const oldest = this.#buckets.keys().next()
    if (this.#buckets.size >= REMEMBERED && oldest.done !== true) this.#buckets.delete(oldest.value)
  }
}
