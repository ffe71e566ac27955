/**
 * A receipt: which records of one student are stored, or refused and why. Signed by the writing teacher, sealed to the
 * student, one size whatever it says.
 */
import { VaultError } from '../errors.ts'
import { sodium } from '../sodium.ts'
import { ByteReader, ByteWriter } from './bytes.ts'
import { KEY_ID_BYTES, signDocument } from './signed.ts'

const VERSION = 1
const BODY_BYTES = 384
export const RECEIPT_BOX_BYTES = BODY_BYTES + 64 + 48
/** More ranges than this go into a second receipt. */
export const RANGES_PER_RECEIPT = 8

/** The order is the encoding; the first means stored, each other one refused and why. */
export const RECEIPT_CODES = [
  'stored',
  'clock-wrong',
  'bad-signature',
  'wrong-class',
  'not-enrolled',
  'record-size',
  'bad-format',
  'cannot-open',
  'erased',
  'sequence-reused',
] as const
export type ReceiptCode = (typeof RECEIPT_CODES)[number]

/** Sequence numbers `from` to `to`, both included, of one stream. */
export interface ReceiptRange {
  readonly stream: Uint8Array
  readonly from: number
  readonly to: number
  readonly code: ReceiptCode
}

export interface Receipt {
  readonly classId: string
  readonly accountId: string
  readonly signerId: string
  readonly signerKey: Uint8Array
  readonly ranges: readonly ReceiptRange[]
}

export function encodeReceipt(receipt: Receipt): Uint8Array {
  if (receipt.ranges.length > RANGES_PER_RECEIPT) throw new VaultError('bad-format')
  const writer = new ByteWriter()
    .u8(VERSION)
    .id(receipt.classId)
    .id(receipt.accountId)
    .id(receipt.signerId)
    .bytes(receipt.signerKey, KEY_ID_BYTES)
    .u8(receipt.ranges.length)
  for (const range of receipt.ranges) {
    if (range.to < range.from) throw new VaultError('bad-format')
    writer.bytes(range.stream, 16).u32(range.from).u32(range.to)
    writer.u8(RECEIPT_CODES.indexOf(range.code))
  }
  return writer.padTo(BODY_BYTES).done()
}

/** @throws VaultError `bad-format` */
export function decodeReceipt(body: Uint8Array): Receipt {
  if (body.length !== BODY_BYTES) throw new VaultError('bad-format')
  const reader = new ByteReader(body)
  reader.oneOf([VERSION])
  const receipt: Receipt = {
    classId: reader.id(),
    accountId: reader.id(),
    signerId: reader.id(),
    signerKey: reader.bytes(KEY_ID_BYTES),
    ranges: Array.from({ length: reader.oneOf([0, 1, 2, 3, 4, 5, 6, 7, 8]) }, () => ({
      stream: reader.bytes(16),
      from: reader.u32(),
      to: reader.u32(),
      code: RECEIPT_CODES[reader.oneOf([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])],
    })),
  }
  if (receipt.ranges.some((range) => range.to < range.from)) throw new VaultError('bad-format')
  reader.zerosToEnd()
  return receipt
}

/** Signs and seals a receipt to its student. */
export function sealReceipt(
  receipt: Receipt,
  signKey: Uint8Array,
  studentBoxKey: Uint8Array,
): Uint8Array {
  const signed = signDocument('attune/receipt/1', encodeReceipt(receipt), signKey)
  return sodium.crypto_box_seal(signed, studentBoxKey)
}

/** Opens a receipt: the signed document, of which nothing is verified yet. @throws VaultError */
export function openReceipt(
  box: Uint8Array,
  keys: { openSealed(box: Uint8Array): Uint8Array },
): Uint8Array {
  if (box.length !== RECEIPT_BOX_BYTES) throw new VaultError('bad-format')
  return keys.openSealed(box)
}
