/**
 * A rate limit: a bucket that holds so many tokens at most and is refilled at an even rate. It keeps
 * two numbers whatever comes, and never waits.
 */
import type { Clock } from './clock.ts'

export interface TokenBucketOptions {
  /** Most tokens that the bucket holds; it starts full. */
  burst: number
  /** Tokens that come back each second. */
  perSecond: number
}

export class TokenBucket {
  readonly #clock: Clock
  readonly #options: TokenBucketOptions
  #tokens: number
  #countedAt: number

  constructor(clock: Clock, options: TokenBucketOptions) {
    this.#clock = clock
    this.#options = options
    this.#tokens = options.burst
    this.#countedAt = clock.now()
  }

  /**
   * Takes tokens if that many are there.
   *
   * @returns whether they were
   */
  take(count = 1): boolean {
    this.#refill()
    if (this.#tokens < count) return false
    this.#tokens -= count
    return true
  }

  /** True once every token is back: such a bucket may be forgotten. */
  isFull(): boolean {
    this.#refill()
    return this.#tokens >= this.#options.burst
  }

  #refill(): void {
    const now = this.#clock.now()
    // A clock that was set back must not take tokens away.
    const elapsed = Math.max(0, now - this.#countedAt)
    this.#countedAt = now
    this.#tokens = Math.min(
      this.#options.burst,
      this.#tokens + (elapsed / 1_000) * this.#options.perSecond,
    )
  }
}
