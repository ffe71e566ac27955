/**
 * A student's signed wish that the readings of a course be erased, up to a class. It names the start of the newest class
 * that it covers, as web told it, and no time of the student's own clock, which may be wrong. Encoder and decoder alone.
 */
import { ByteReader, ByteWriter } from './bytes.ts'
import { KEY_ID_BYTES } from './signed.ts'

const VERSION = 1

export interface Tombstone {
  readonly courseId: string
  readonly accountId: string
  readonly signerKey: Uint8Array
  /** Classes that started at this moment or before it; milliseconds since 1970. */
  readonly upTo: number
}

export function encodeTombstone(tombstone: Tombstone): Uint8Array {
  return new ByteWriter()
    .u8(VERSION)
    .id(tombstone.courseId)
    .id(tombstone.accountId)
    .bytes(tombstone.signerKey, KEY_ID_BYTES)
    .time(tombstone.upTo)
    .done()
}

/** @throws VaultError `bad-format` */
export function decodeTombstone(body: Uint8Array): Tombstone {
  const reader = new ByteReader(body)
  reader.oneOf([VERSION])
  const tombstone = {
    courseId: reader.id(),
    accountId: reader.id(),
    signerKey: reader.bytes(KEY_ID_BYTES),
    upTo: reader.time(),
  }
  reader.end()
  return tombstone
}
