/**
 * A student's answer to the consent text: signed, with the hash of the very text that was shown, its language and who
 * gave it. A grant and a withdrawal have one size. Encoder and decoder alone.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { ByteReader, ByteWriter } from './bytes.ts'
import { KEY_ID_BYTES } from './signed.ts'

const VERSION = 1
export const CONSENT_BODY_BYTES = 768
const TEXT_HASH_BYTES = 32

export const CONSENT_ANSWERS = ['declined', 'allowed'] as const
export const CONSENT_GIVERS = ['self', 'guardian'] as const

export interface Consent {
  readonly courseId: string
  readonly accountId: string
  readonly generation: number
  readonly answer: (typeof CONSENT_ANSWERS)[number]
  readonly givenBy: (typeof CONSENT_GIVERS)[number]
  /** The guardian's name as typed; empty for one's own answer. */
  readonly giverName: string
  /** The age that the person stated to have reached, where the school did not know it; else 0, as in older ones. */
  readonly statedAge: number
  readonly textId: string
  /** SHA-256 of the text as shown, in UTF-8. */
  readonly textHash: Uint8Array
  readonly language: string
  readonly signerKey: Uint8Array
  readonly at: number
}

/** @throws VaultError `bad-format` when text id and language are too long together */
export function encodeConsent(consent: Consent): Uint8Array {
  return new ByteWriter()
    .u8(VERSION)
    .id(consent.courseId)
    .id(consent.accountId)
    .u32(consent.generation)
    .u8(CONSENT_ANSWERS.indexOf(consent.answer))
    .u8(CONSENT_GIVERS.indexOf(consent.givenBy))
    .text(consent.giverName)
    .text(consent.textId)
    .bytes(consent.textHash, TEXT_HASH_BYTES)
    .text(consent.language)
    .bytes(consent.signerKey, KEY_ID_BYTES)
    .time(consent.at)
    .u8(consent.statedAge)
    .padTo(CONSENT_BODY_BYTES)
    .done()
}

/** @throws VaultError `bad-format` */
export function decodeConsent(body: Uint8Array): Consent {
  const reader = new ByteReader(body)
  reader.oneOf([VERSION])
  const consent: Consent = {
    courseId: reader.id(),
    accountId: reader.id(),
    generation: reader.u32(),
    answer: CONSENT_ANSWERS[reader.oneOf([0, 1])],
    givenBy: CONSENT_GIVERS[reader.oneOf([0, 1])],
    giverName: reader.text(),
    textId: reader.text(),
    textHash: reader.bytes(TEXT_HASH_BYTES),
    language: reader.text(),
    signerKey: reader.bytes(KEY_ID_BYTES),
    at: reader.time(),
    statedAge: reader.u8(),
  }
  reader.zerosToEnd()
  return consent
}

/**
 * SHA-256 of the UTF-8 bytes of a shown text. libsodium's build for browsers has no SHA-256, and WebCrypto is not there
 * on a page that came without HTTPS.
 */
export function consentTextHash(text: string): Uint8Array {
  return sha256(new TextEncoder().encode(text))
}
