/**
 * What one membership may send on its record channel: messages of exactly one size, a burst, then
 * an even rate. It outlives the channel, so that opening a new one starts nothing afresh. It looks
 * at sizes and counts alone, never at content.
 */
import type { Clock } from '../clock.ts'
import {
  RECORD_BURST,
  RECORD_BYTES,
  RECORD_EXCESS_LIMIT,
  RECORD_OFFENCE_LIMIT,
  RECORDS_PER_SECOND,
} from '../protocol/index.ts'
import { TokenBucket } from '../token-bucket.ts'

/** `drop`: the record is lost, and will be sent again for want of a receipt. */
export type RecordVerdict = 'relay' | 'drop' | RecordOffence

/** Closes the channel, by the code that its owner is told. */
export type RecordOffence = 'record-size' | 'record-rate'

/** Excess that is forgiven each second, so that only a flood adds up to an offence. */
const FORGIVEN_PER_SECOND = 1

export class RecordBudget {
  readonly #allowed: TokenBucket
  readonly #excess: TokenBucket
  #offences = 0

  constructor(clock: Clock) {
    this.#allowed = new TokenBucket(clock, { burst: RECORD_BURST, perSecond: RECORDS_PER_SECOND })
    this.#excess = new TokenBucket(clock, {
      burst: RECORD_EXCESS_LIMIT,
      perSecond: FORGIVEN_PER_SECOND,
    })
  }

  /** True once so many channels were closed for an offence that no new one may be opened. */
  get barred(): boolean {
    return this.#offences >= RECORD_OFFENCE_LIMIT
  }

  /**
   * Judges one message of the channel and counts it.
   *
   * @param size its length in bytes
   */
  judge(size: number): RecordVerdict {
    if (size !== RECORD_BYTES) {
      this.#offences += 1
      return 'record-size'
    }
    if (this.#allowed.take()) return 'relay'
    if (this.#excess.take()) return 'drop'
    this.#offences += 1
    return 'record-rate'
  }
}
