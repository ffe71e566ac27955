/**
 * Stamps: what the media server tells a browser and may want to hear again after a restart, in which
 * it forgets everything, carries a MAC of the media server's own. A browser can then give it back, and
 * can neither invent nor alter it. A stamp hides nothing and is no permission beyond what it names.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a stamp is for; a stamp for one thing is none for another. */
export type StampPurpose = 'chat' | 'pass'

export type StampedValue = string | number | null

/** Bytes of a stamp: too many to guess within the life of a class. */
const STAMP_BYTES = 16

export class Stamps {
  readonly #key: Buffer

  /** @param key known to this media server alone, and the same after a restart */
  constructor(key: Buffer) {
    this.#key = key
  }

  /** The stamp of some values, in this order, as base64url. */
  make(purpose: StampPurpose, values: readonly StampedValue[]): string {
    return this.#digest(purpose, values).toString('base64url')
  }

  /** Whether a stamp was made here for exactly these values. */
  check(stamp: string, purpose: StampPurpose, values: readonly StampedValue[]): boolean {
    const given = Buffer.from(stamp, 'base64url')
    const wanted = this.#digest(purpose, values)
    return given.length === wanted.length && timingSafeEqual(given, wanted)
  }

  #digest(purpose: StampPurpose, values: readonly StampedValue[]): Buffer {
    // JSON keeps values apart, whatever they hold.
    const text = JSON.stringify([`attune/stamp/${purpose}`, ...values])
    return createHmac('sha256', this.#key).update(text).digest().subarray(0, STAMP_BYTES)
  }
}
