/**
 * A manifest: what one chunk holds, signed by its writer and chained to the manifest before. Its fields are clear, but
 * for the totals, so that web can keep (class, writer, number) unique; `teacher/chain.ts` judges whole chains.
 */
import { hash } from '../sodium.ts'
import { ByteReader, ByteWriter } from './bytes.ts'
import { KEY_ID_BYTES } from './signed.ts'
import { TOTALS_BOX_BYTES } from './totals.ts'

const VERSION = 1
export const HASH_BYTES = 32
export const WRITER_BYTES = 16

/** The last manifest seen of a writer. */
export interface Head {
  readonly writer: Uint8Array
  readonly number: number
  /** Hash of that manifest (`manifestHash`). */
  readonly hash: Uint8Array
}

export interface Manifest {
  readonly courseId: string
  readonly classId: string
  /** Random per vault start, 16 bytes. */
  readonly writer: Uint8Array
  /** Counts the chunks of a writer from 0. */
  readonly number: number
  /** True for the last of its chain. */
  readonly closing: boolean
  /** Generation whose key the totals and content keys are sealed to. */
  readonly generation: number
  readonly signerId: string
  readonly signerKey: Uint8Array
  /** Hash of the previous manifest of this writer; zeros for the first. */
  readonly previous: Uint8Array
  /** One entry for each part, by account id. */
  readonly parts: readonly { readonly accountId: string; readonly hash: Uint8Array }[]
  readonly otherHeads: readonly Head[]
  /** Totals as shown, sealed to the course key; a constant size. */
  readonly totals: Uint8Array
}

export function encodeManifest(manifest: Manifest): Uint8Array {
  const writer = new ByteWriter()
    .u8(VERSION)
    .id(manifest.courseId)
    .id(manifest.classId)
    .bytes(manifest.writer, WRITER_BYTES)
    .u32(manifest.number)
    .u8(manifest.closing ? 1 : 0)
    .u32(manifest.generation)
    .id(manifest.signerId)
    .bytes(manifest.signerKey, KEY_ID_BYTES)
    .bytes(manifest.previous, HASH_BYTES)
    .u16(manifest.parts.length)
  for (const part of manifest.parts) writer.id(part.accountId).bytes(part.hash, HASH_BYTES)
  writer.u16(manifest.otherHeads.length)
  for (const head of manifest.otherHeads) {
    writer.bytes(head.writer, WRITER_BYTES).u32(head.number).bytes(head.hash, HASH_BYTES)
  }
  return writer.bytes(manifest.totals, TOTALS_BOX_BYTES).done()
}

/** @throws VaultError `bad-format` */
export function decodeManifest(body: Uint8Array): Manifest {
  const reader = new ByteReader(body)
  reader.oneOf([VERSION])
  const manifest: Manifest = {
    courseId: reader.id(),
    classId: reader.id(),
    writer: reader.bytes(WRITER_BYTES),
    number: reader.u32(),
    closing: reader.oneOf([0, 1]) === 1,
    generation: reader.u32(),
    signerId: reader.id(),
    signerKey: reader.bytes(KEY_ID_BYTES),
    previous: reader.bytes(HASH_BYTES),
    parts: Array.from({ length: reader.u16() }, () => ({
      accountId: reader.id(),
      hash: reader.bytes(HASH_BYTES),
    })),
    otherHeads: Array.from({ length: reader.u16() }, () => ({
      writer: reader.bytes(WRITER_BYTES),
      number: reader.u32(),
      hash: reader.bytes(HASH_BYTES),
    })),
    totals: reader.bytes(TOTALS_BOX_BYTES),
  }
  reader.end()
  return manifest
}

/** Hash of a signed manifest: what the next one names as `previous`. */
export function manifestHash(signedManifest: Uint8Array): Uint8Array {
  return hash(signedManifest)
}
