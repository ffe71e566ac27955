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

const TOO_FEW = 0
const SHOWN = 1
const NONE = 2

/**
 * Encodes totals, or that a chunk has none (it ends a chain, or carries what was left over).
 * @throws VaultError `bad-format` when counts do not sum to the total
 */
export function encodeTotals(totals: Totals | null): Uint8Array {
  if (!totals) return new ByteWriter().u8(VERSION).u8(NONE).padTo(TOTALS_BYTES).done()
  check(totals)
  const writer = new ByteWriter()
    .u8(VERSION)
    .u8(totals.shown ? SHOWN : TOO_FEW)
    .u32(totals.interval)
    .time(totals.at)
    .u16(totals.total)
  for (const count of totals.shown?.counts ?? []) writer.u16(count)
  for (const count of totals.shown?.engagement ?? []) writer.u16(count)
  return writer.padTo(TOTALS_BYTES).done()
}

/** @throws VaultError `bad-format` */
export function decodeTotals(bytes: Uint8Array): Totals | null {
  if (bytes.length !== TOTALS_BYTES) throw new VaultError('bad-format')
  const reader = new ByteReader(bytes)
  reader.oneOf([VERSION])
  const state = reader.oneOf([TOO_FEW, SHOWN, NONE])
  if (state === NONE) {
    reader.zerosToEnd()
    return null
  }
  const head = { interval: reader.u32(), at: reader.time(), total: reader.u16() }
  const many = (length: number): number[] => Array.from({ length }, () => reader.u16())
  const totals: Totals = {
    ...head,
    shown: state === SHOWN ? { counts: many(9), engagement: many(5) } : null,
  }
  reader.zerosToEnd()
  check(totals)
  return totals
}

export function sealTotals(totals: Totals | null, coursePublicKey: Uint8Array): Uint8Array {
  return sodium.crypto_box_seal(encodeTotals(totals), coursePublicKey)
}

/** @throws VaultError `cannot-open`, `bad-format` */
export function openTotals(
  box: Uint8Array,
  coursePublicKey: Uint8Array,
  coursePrivateKey: Uint8Array,
): Totals | null {
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
