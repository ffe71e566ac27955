/**
 * How often one person may begin to send, and switch on what is sent already: each time every other
 * browser of the class has to follow, so a loop of it would keep a whole class busy. It counts by
 * account, since another tab or another membership costs the others as much. What ends a source is
 * not its matter: nobody is kept from going silent, and every end needs a beginning before it.
 */
import type { Clock } from '../clock.ts'
import { ExpiringMap } from '../expiring-map.ts'
import {
  type AccountId,
  SignalingError,
  SOURCE_BURST,
  SOURCE_SWITCH_BURST,
  SOURCE_SWITCHES_PER_SECOND,
  SOURCES_PER_SECOND,
} from '../protocol/index.ts'
import { TokenBucket } from '../token-bucket.ts'
import type { Member } from './member.ts'

interface Buckets {
  starts: TokenBucket
  switches: TokenBucket
}

/** Every token is back by then, so nothing is forgiven by forgetting. */
const KEPT_MILLISECONDS =
  Math.max(SOURCE_BURST / SOURCES_PER_SECOND, SOURCE_SWITCH_BURST / SOURCE_SWITCHES_PER_SECOND) *
  1_000

export class SourcePace {
  readonly #clock: Clock
  readonly #people: ExpiringMap<AccountId, Buckets>

  constructor(clock: Clock) {
    this.#clock = clock
    this.#people = new ExpiringMap(clock)
  }

  /**
   * A person is about to send from a source.
   *
   * @throws {SignalingError} `rate-limited`
   */
  start(member: Pick<Member, 'accountId'>): void {
    if (!this.#bucketsOf(member).starts.take()) throw new SignalingError('rate-limited')
  }

  /**
   * A person switches a source on again, or lets it rest.
   *
   * @throws {SignalingError} `rate-limited`
   */
  switch(member: Pick<Member, 'accountId'>): void {
    if (!this.#bucketsOf(member).switches.take()) throw new SignalingError('rate-limited')
  }

  #bucketsOf({ accountId }: Pick<Member, 'accountId'>): Buckets {
    const id = accountId.reveal()
    const buckets = this.#people.get(id) ?? {
      starts: new TokenBucket(this.#clock, { burst: SOURCE_BURST, perSecond: SOURCES_PER_SECOND }),
      switches: new TokenBucket(this.#clock, {
        burst: SOURCE_SWITCH_BURST,
        perSecond: SOURCE_SWITCHES_PER_SECOND,
      }),
    }
    this.#people.set(id, buckets, this.#clock.now() + KEPT_MILLISECONDS)
    return buckets
  }
}
