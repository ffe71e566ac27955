/**
 * Secret-key boxes: XChaCha20-Poly1305 with a fresh nonce before the ciphertext, and associated data that says what
 * the box is for. Used for wraps of the account key, for the private keys, and for boxes to self.
 */
import { VaultError } from '../errors.ts'
import { sodium } from '../sodium.ts'
import { concat } from '../format/bytes.ts'

const NONCE_BYTES = 24

export function lock(plain: Uint8Array, purpose: string, key: Uint8Array): Uint8Array {
  const nonce = sodium.randombytes_buf(NONCE_BYTES)
  return concat(
    nonce,
    sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, purpose, null, nonce, key),
  )
}

/** @throws VaultError `cannot-open` */
export function unlock(box: Uint8Array, purpose: string, key: Uint8Array): Uint8Array {
  if (box.length <= NONCE_BYTES) throw new VaultError('cannot-open')
  const nonce = box.slice(0, NONCE_BYTES)
  try {
    return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
      null,
      box.slice(NONCE_BYTES),
      purpose,
      nonce,
      key,
    )
  } catch (cause) {
    throw new VaultError('cannot-open', { cause })
  }
}
