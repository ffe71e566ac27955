/**
 * Signatures under a purpose, so that what was signed for one use never passes for another. A signed document is
 * `signature (64) ‖ body`; the signature covers `purpose ‖ 0x00 ‖ body`. It decides nothing about whose key may sign.
 */
import { VaultError } from '../errors.ts'
import { hash, sodium } from '../sodium.ts'
import { concat } from './bytes.ts'

export type Purpose =
  | 'attune/record/1'
  | 'attune/class-key/1'
  | 'attune/generation/1'
  | 'attune/grant/1'
  | 'attune/enrolment/1'
  | 'attune/consent/1'
  | 'attune/manifest/1'
  | 'attune/receipt/1'
  | 'attune/tombstone/1'
  | 'attune/notice/1'
  | 'attune/case/1'
  | 'attune/case-share/1'
  | 'attune/result/1'
  | 'attune/key-change/1'
  | 'attune/key-reset/1'
  | 'attune/key-accepted/1'

export const SIGNATURE_BYTES = 64
export const KEY_ID_BYTES = 8

/** First 8 bytes of BLAKE2b-256 of a public key. */
export function keyId(publicKey: Uint8Array): Uint8Array {
  return hash(publicKey).slice(0, KEY_ID_BYTES)
}

/** The Ed25519 public key with this id, where the asker knows one. */
export type KeyOf = (keyId: Uint8Array) => Uint8Array | undefined

/** `signature ‖ body`. `signKey` is a 64-byte Ed25519 secret key. */
export function signDocument(purpose: Purpose, body: Uint8Array, signKey: Uint8Array): Uint8Array {
  return concat(sodium.crypto_sign_detached(covered(purpose, body), signKey), body)
}

/**
 * The body of a signed document, once its signature holds.
 * @throws VaultError `bad-format` when too short, `bad-signature`
 */
export function verifyDocument(
  purpose: Purpose,
  document: Uint8Array,
  signPublicKey: Uint8Array,
): Uint8Array {
  const body = unverifiedBody(document)
  const signature = document.slice(0, SIGNATURE_BYTES)
  if (!sodium.crypto_sign_verify_detached(signature, covered(purpose, body), signPublicKey)) {
    throw new VaultError('bad-signature')
  }
  return body
}

/** The body before anything was verified: only to find out whose key to verify with. */
export function unverifiedBody(document: Uint8Array): Uint8Array {
  if (document.length <= SIGNATURE_BYTES) throw new VaultError('bad-format')
  return document.slice(SIGNATURE_BYTES)
}

function covered(purpose: Purpose, body: Uint8Array): Uint8Array {
  return concat(new TextEncoder().encode(purpose), Uint8Array.of(0), body)
}
