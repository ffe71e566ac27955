/**
 * A record: 256 bytes on the wire, whatever it says. A clear head names the class key; the sealed rest holds the
 * signature and a body of 128 bytes. Opening proves nothing about the sender: callers check the signer against the
 * roster (`verifyRecord`), the class and the interval. Nothing here may depend on what is read in size or in timing.
 */
import { VaultError } from '../errors.ts'
import { same, sodium } from '../sodium.ts'
import { ByteReader, ByteWriter, concat, hex } from './bytes.ts'
import { KEY_ID_BYTES, SIGNATURE_BYTES, keyId, signDocument, verifyDocument } from './signed.ts'

export const RECORD_BYTES = 256
export const RECORD_BODY_BYTES = 128
/** Signature and body: what a ledger part keeps. */
export const SIGNED_RECORD_BYTES = SIGNATURE_BYTES + RECORD_BODY_BYTES
const HEAD_BYTES = 16
const VERSION = 1
const FULL = 65_535

export const RECORD_KINDS = ['none', 'expression', 'check-in'] as const
export type RecordKind = (typeof RECORD_KINDS)[number]

/** What a body says. Fractions are of 1; `stream` and `signer` are raw bytes (16 and 8). */
export interface RecordBody {
  readonly kind: RecordKind
  readonly classId: string
  readonly stream: Uint8Array
  readonly sequence: number
  readonly interval: number
  readonly signer: Uint8Array
  /** Eight fractions, in the order of the emotions. */
  readonly probabilities: readonly number[]
  readonly engagement: 0 | 1 | 2 | 3 | 4
  readonly behaviour: number
  readonly quality: number
  readonly confidence: number
}

/** Encodes a body; fractions are rounded to 1/65535. */
export function encodeRecordBody(body: RecordBody): Uint8Array {
  if (body.probabilities.length !== 8) throw new VaultError('bad-format')
  const writer = new ByteWriter()
    .u8(VERSION)
    .u8(RECORD_KINDS.indexOf(body.kind))
    .u16(0)
    .id(body.classId)
    .bytes(body.stream, 16)
    .u32(body.sequence)
    .u32(body.interval)
    .bytes(body.signer, KEY_ID_BYTES)
  for (const probability of body.probabilities) writer.u16(Math.round(probability * FULL))
  return writer
    .u8(body.engagement)
    .u8(body.behaviour)
    .u8(body.quality)
    .u8(0)
    .u16(Math.round(body.confidence * FULL))
    .padTo(RECORD_BODY_BYTES)
    .done()
}

/**
 * Decodes a body.
 * @throws VaultError `record-size`, `bad-format`
 */
export function decodeRecordBody(bytes: Uint8Array): RecordBody {
  if (bytes.length !== RECORD_BODY_BYTES) throw new VaultError('record-size')
  const reader = new ByteReader(bytes)
  reader.oneOf([VERSION])
  const kind = RECORD_KINDS[reader.oneOf([0, 1, 2])]
  reader.zeros(2)
  const head = {
    kind,
    classId: reader.id(),
    stream: reader.bytes(16),
    sequence: reader.u32(),
    interval: reader.u32(),
    signer: reader.bytes(KEY_ID_BYTES),
  }
  const probabilities = Array.from({ length: 8 }, () => reader.u16() / FULL)
  const engagement = reader.oneOf([0, 1, 2, 3, 4])
  const behaviour = reader.oneOf([0, 1, 2, 3, 4, 5, 6, 7])
  const quality = reader.oneOf([0, 1, 2, 3, 4, 5, 6, 7])
  reader.zeros(1)
  const confidence = reader.u16() / FULL
  reader.zerosToEnd()
  return { ...head, probabilities, engagement, behaviour, quality, confidence }
}

/** Signs and seals a body to the class key: the 256 bytes of the wire. */
export function sealRecord(
  body: RecordBody,
  signKey: Uint8Array,
  classPublicKey: Uint8Array,
): Uint8Array {
  const head = new ByteWriter().u8(VERSION).bytes(keyId(classPublicKey), KEY_ID_BYTES)
  const signed = signDocument('attune/record/1', encodeRecordBody(body), signKey)
  return concat(head.padTo(HEAD_BYTES).done(), sodium.crypto_box_seal(signed, classPublicKey))
}

/** The class-key id that a sealed record names. */
export function recordKeyId(record: Uint8Array): Uint8Array {
  if (record.length !== RECORD_BYTES) throw new VaultError('record-size')
  const reader = new ByteReader(record.slice(0, HEAD_BYTES))
  reader.oneOf([VERSION])
  const id = reader.bytes(KEY_ID_BYTES)
  reader.zerosToEnd()
  return id
}

/**
 * Opens the sealed box: `signature ‖ body`, of which nothing is verified yet.
 * @throws VaultError `record-size`, `wrong-class` (sealed to another class key), `cannot-open`
 */
export function openRecord(
  record: Uint8Array,
  classPublicKey: Uint8Array,
  classPrivateKey: Uint8Array,
): Uint8Array {
  if (!same(recordKeyId(record), keyId(classPublicKey))) throw new VaultError('wrong-class')
  return openSealed(record.slice(HEAD_BYTES), classPublicKey, classPrivateKey)
}

/**
 * Checks the signature of an opened record and decodes it.
 * @param signerOf the Ed25519 public key that the roster has for a key id, or undefined
 * @throws VaultError `record-size`, `bad-format`, `not-enrolled`, `bad-signature`
 */
export function verifyRecord(
  signed: Uint8Array,
  signerOf: (signer: Uint8Array) => Uint8Array | undefined,
): RecordBody {
  if (signed.length !== SIGNED_RECORD_BYTES) throw new VaultError('record-size')
  const claimed = decodeRecordBody(signed.slice(SIGNATURE_BYTES))
  const publicKey = signerOf(claimed.signer)
  if (!publicKey) throw new VaultError('not-enrolled')
  verifyDocument('attune/record/1', signed, publicKey)
  return claimed
}

/** What makes a record itself: signer, stream, sequence. */
export function recordIdentity(body: RecordBody): string {
  return `${hex(body.signer)}/${hex(body.stream)}/${String(body.sequence)}`
}

/** Opens a `crypto_box_seal`. @throws VaultError `cannot-open` */
export function openSealed(
  box: Uint8Array,
  publicKey: Uint8Array,
  privateKey: Uint8Array,
): Uint8Array {
  try {
    return sodium.crypto_box_seal_open(box, publicKey, privateKey)
  } catch (cause) {
    throw new VaultError('cannot-open', { cause })
  }
}
