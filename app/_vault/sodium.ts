/**
 * The one door to libsodium (the -sumo build, for Argon2id). Loaded in the worker and in tests alone, never by a page:
 * it is large, and a page has no business with keys. Nothing may be called before `sodiumReady` has resolved.
 */
import sodium from 'libsodium-wrappers-sumo'

export { sodium }

/** Resolves when the library may be used. */
export async function sodiumReady(): Promise<void> {
  await sodium.ready
}

/**
 * Random bytes, asked of the platform at once: libsodium's build for JavaScript asks four bytes at a time, which all
 * together was a seventh of a teacher's time in a large class.
 */
export function randomBytes(size: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(size))
}

/** Base64url without padding, the form of every binary value in JSON. */
export function toB64u(bytes: Uint8Array): string {
  return sodium.to_base64(bytes, sodium.base64_variants.URLSAFE_NO_PADDING)
}

/** BLAKE2b of `size` bytes. */
export function hash(bytes: Uint8Array, size: 8 | 16 | 32 = 32): Uint8Array {
  return sodium.crypto_generichash(size, bytes, null)
}

/** True when both are the same bytes, compared in constant time. */
export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && sodium.memcmp(a, b)
}
