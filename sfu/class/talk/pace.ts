/** One rate for each membership: whoever goes over it is refused, and nobody else notices. */
import type { Clock } from '../../clock.ts'
import { SignalingError } from '../../protocol/index.ts'
import { TokenBucket, type TokenBucketOptions } from '../../token-bucket.ts'
import type { Member } from '../member.ts'

export class Pace {
  readonly #clock: Clock
  readonly #rate: TokenBucketOptions
  readonly #buckets = new WeakMap<Member, TokenBucket>()

  constructor(clock: Clock, rate: TokenBucketOptions) {
    this.#clock = clock
    this.#rate = rate
  }

  /** @throws {SignalingError} `rate-limited` */
  take(member: Member): void {
    const bucket = this.#buckets.get(member) ?? new TokenBucket(this.#clock, this.#rate)
    this.#buckets.set(member, bucket)
    if (!bucket.take()) throw new SignalingError('rate-limited')
  }
}
