/** Base64url and digests of the bytes that web keeps without reading them. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** Bytes of a base64url string that a schema has accepted. */
export function fromB64u(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, 'base64url'))
}

export function toB64u(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')
}

/** SHA-256, 32 bytes. */
export function sha256(data: Uint8Array | string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(data).digest())
}

/** HMAC-SHA-256 of the parts, each after its length, under a purpose: 32 bytes. */
export function keyedHash(
  key: Uint8Array,
  purpose: string,
  ...parts: readonly (Uint8Array | string)[]
): Uint8Array<ArrayBuffer> {
  const hmac = createHmac('sha256', key).update(`${purpose}\0`)
  for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:`).update(part)
  return new Uint8Array(hmac.digest())
}

/** Compares without telling by time where two texts differ. */
export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b))
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}
