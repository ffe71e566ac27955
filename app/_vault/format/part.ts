/**
 * One student's part of one chunk: up to five signed records in 1,024 bytes, whatever it holds, encrypted under that
 * student's content key of this class and writer. The associated data ties it to class, writer, number and student, so
 * that no part can stand in for another.
 */
import { VaultError } from '../errors.ts'
import { randomBytes, sodium } from '../sodium.ts'
import { ByteReader, ByteWriter, concat } from './bytes.ts'
import { SIGNED_RECORD_BYTES } from './record.ts'

const VERSION = 1
export const PART_PLAIN_BYTES = 1024
export const RECORDS_PER_PART = 5
const HEAD_BYTES = PART_PLAIN_BYTES - RECORDS_PER_PART * SIGNED_RECORD_BYTES
const NONCE_BYTES = 24
/** Nonce, ciphertext and tag. */
export const PART_BYTES = NONCE_BYTES + PART_PLAIN_BYTES + 16
export const CONTENT_KEY_BYTES = 32

/** Where a part belongs. */
export interface PartPlace {
  readonly classId: string
  readonly writer: Uint8Array
  readonly number: number
  readonly accountId: string
}

/**
 * Encrypts a part.
 * @param records at most five signed records (192 bytes each)
 */
export function sealPart(
  place: PartPlace,
  records: readonly Uint8Array[],
  contentKey: Uint8Array,
): Uint8Array {
  if (records.length > RECORDS_PER_PART) throw new VaultError('bad-format')
  const plain = new ByteWriter().u8(VERSION).u8(records.length).padTo(HEAD_BYTES)
  for (const record of records) plain.bytes(record, SIGNED_RECORD_BYTES)
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
    plain.padTo(PART_PLAIN_BYTES).done(),
    associated(place),
    null,
    nonce,
    contentKey,
  )
  return concat(nonce, cipher)
}

/**
 * Opens a part: its signed records, of which no signature is verified yet.
 * @throws VaultError `bad-format`, `cannot-open` (altered, or of another place or key)
 */
export function openPart(
  place: PartPlace,
  part: Uint8Array,
  contentKey: Uint8Array,
): readonly Uint8Array[] {
  if (part.length !== PART_BYTES) throw new VaultError('bad-format')
  let plain: Uint8Array
  try {
    plain = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
      null,
      part.slice(NONCE_BYTES),
      associated(place),
      part.slice(0, NONCE_BYTES),
      contentKey,
    )
  } catch (cause) {
    throw new VaultError('cannot-open', { cause })
  }
  const reader = new ByteReader(plain)
  reader.oneOf([VERSION])
  const count = reader.oneOf([0, 1, 2, 3, 4, 5])
  reader.zeros(HEAD_BYTES - 2)
  const records = Array.from({ length: count }, () => reader.bytes(SIGNED_RECORD_BYTES))
  reader.zerosToEnd()
  return records
}

function associated(place: PartPlace): Uint8Array {
  const head = new TextEncoder().encode('attune/part/1\0')
  const writer = new ByteWriter().id(place.classId).bytes(place.writer, 16)
  return concat(head, writer.u32(place.number).id(place.accountId).done())
}
