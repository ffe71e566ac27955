/**
 * Totals of one interval as they were shown, in 64 bytes, sealed to the course key inside a manifest. When too few
 * gave clear readings nothing but M is stored, so that a later reader cannot see more than was shown.
 */
import { VaultError } from '../errors.ts'
import { sodium } from '../sodium.ts'
import { ByteReader, ByteWriter } from './bytes.ts'
import { openSealed } from './record.ts'

const VERSION = 1
export const TOTALS_BYTES = 64
export const TOTALS_BOX_BYTES = TOTALS_BYTES + 48

/** Counts in the order neutral, happy, sad, surprise, fear, disgust, anger, contempt, unclear. */
export interface Totals {
  readonly interval: number
  /** End of the interval by the class's clock, milliseconds since 1970. */
  readonly at: number
  readonly total: number
  /** Null: too few to show. */
  readonly shown: {
    /** Nine counts: eight emotions and unclear. */
    readonly counts: readonly number[]
    /** Five counts by engagement code: unclear, engaged, partially, not, distracted. */
    readonly engagement: readonly number[]
  } | null
}

/** @throws VaultError `bad-format` when counts do not sum to the total */
export function encodeTotals(totals: Totals): Uint8Array {
  check(totals)
  const writer = new ByteWriter()
    .u8(VERSION)
    .u8(totals.shown ? 1 : 0)
    .u32(totals.interval)
    .time(totals.at)
    .u16(totals.total)
  for (const count of totals.shown?.counts ?? []) writer.u16(count)
  for (const count of totals.shown?.engagement ?? []) writer.u16(count)
  return writer.padTo(TOTALS_BYTES).done()
}

/** @throws VaultError `bad-format` */
export function decodeTotals(bytes: Uint8Array): Totals {
  if (bytes.length !== TOTALS_BYTES) throw new VaultError('bad-format')
  const reader = new ByteReader(bytes)
  reader.oneOf([VERSION])
  const shown = reader.oneOf([0, 1]) === 1
  const head = { interval: reader.u32(), at: reader.time(), total: reader.u16() }
  const many = (length: number): number[] => Array.from({ length }, () => reader.u16())
  const totals: Totals = {
    ...head,
    shown: shown ? { counts: many(9), engagement: many(5) } : null,
  }
  reader.zerosToEnd()
  check(totals)
  return totals
}

export function sealTotals(totals: Totals, coursePublicKey: Uint8Array): Uint8Array {
  return sodium.crypto_box_seal(encodeTotals(totals), coursePublicKey)
}

/** @throws VaultError `cannot-open`, `bad-format` */
export function openTotals(
  box: Uint8Array,
  coursePublicKey: Uint8Array,
  coursePrivateKey: Uint8Array,
): Totals {
  return decodeTotals(openSealed(box, coursePublicKey, coursePrivateKey))
}

function check(totals: Totals): void {
  if (!totals.shown) return
  const { counts, engagement } = totals.shown
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)
  const whole = counts.length === 9 && engagement.length === 5
  if (!whole || sum(counts) !== totals.total || sum(engagement) !== totals.total) {
    throw new VaultError('bad-format')
  }
}
