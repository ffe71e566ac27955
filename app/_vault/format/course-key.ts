/**
 * Documents that vouch for shared keys: a course's generation (bound to one policy and one consent text) and a class
 * key. Each is signed by a teacher; the private halves travel apart, sealed to those who may hold them. Encoders and
 * decoders alone.
 */
import type { HistoryPolicy } from '../../_wire/settings.ts'
import { ByteReader, ByteWriter } from './bytes.ts'
import { PUBLIC_KEY_BYTES } from './grant.ts'
import { KEY_ID_BYTES } from './signed.ts'

const VERSION = 1

/** The order is the encoding. `totals`: teachers hold the key; `full-history`: course admins too. */
const POLICIES: readonly [HistoryPolicy, HistoryPolicy] = ['totals', 'full-history']

export interface Generation {
  readonly courseId: string
  /** From 1. */
  readonly number: number
  readonly policy: HistoryPolicy
  /** Which consent text students of this generation agree to, e.g. `expression/1`. */
  readonly consentTextId: string
  /** X25519, 32 bytes. */
  readonly publicKey: Uint8Array
  /** Key id of the generation before, zeros for the first. */
  readonly previous: Uint8Array
  readonly signerId: string
  readonly signerKey: Uint8Array
  readonly at: number
}

export function encodeGeneration(generation: Generation): Uint8Array {
  return new ByteWriter()
    .u8(VERSION)
    .id(generation.courseId)
    .u32(generation.number)
    .u8(POLICIES.indexOf(generation.policy))
    .text(generation.consentTextId)
    .bytes(generation.publicKey, PUBLIC_KEY_BYTES)
    .bytes(generation.previous, KEY_ID_BYTES)
    .id(generation.signerId)
    .bytes(generation.signerKey, KEY_ID_BYTES)
    .time(generation.at)
    .done()
}

/** @throws VaultError `bad-format` */
export function decodeGeneration(body: Uint8Array): Generation {
  const reader = new ByteReader(body)
  reader.oneOf([VERSION])
  const generation: Generation = {
    courseId: reader.id(),
    number: reader.u32(),
    policy: POLICIES[reader.oneOf([0, 1])],
    consentTextId: reader.text(),
    publicKey: reader.bytes(PUBLIC_KEY_BYTES),
    previous: reader.bytes(KEY_ID_BYTES),
    signerId: reader.id(),
    signerKey: reader.bytes(KEY_ID_BYTES),
    at: reader.time(),
  }
  reader.end()
  return generation
}

export interface ClassKey {
  readonly classId: string
  readonly courseId: string
  readonly generation: number
  /** Key id of the generation's public key. */
  readonly generationKey: Uint8Array
  /** X25519, 32 bytes. */
  readonly publicKey: Uint8Array
  readonly signerId: string
  readonly signerKey: Uint8Array
}

export function encodeClassKey(key: ClassKey): Uint8Array {
  return new ByteWriter()
    .u8(VERSION)
    .id(key.classId)
    .id(key.courseId)
    .u32(key.generation)
    .bytes(key.generationKey, KEY_ID_BYTES)
    .bytes(key.publicKey, PUBLIC_KEY_BYTES)
    .id(key.signerId)
    .bytes(key.signerKey, KEY_ID_BYTES)
    .done()
}

/** @throws VaultError `bad-format` */
export function decodeClassKey(body: Uint8Array): ClassKey {
  const reader = new ByteReader(body)
  reader.oneOf([VERSION])
  const key: ClassKey = {
    classId: reader.id(),
    courseId: reader.id(),
    generation: reader.u32(),
    generationKey: reader.bytes(KEY_ID_BYTES),
    publicKey: reader.bytes(PUBLIC_KEY_BYTES),
    signerId: reader.id(),
    signerKey: reader.bytes(KEY_ID_BYTES),
  }
  reader.end()
  return key
}
