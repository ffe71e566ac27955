/**
 * Hashes sign-in secrets once more, so that a dump of the database signs nobody in. The secret comes
 * out of Argon2id in the browser; scrypt here protects the rest of the way.
 */
import { scrypt, type ScryptOptions } from 'node:crypto'
import { fromB64u, sameBytes, toB64u } from '../core/bytes.ts'
import type { Randomness } from '../core/clock.ts'

const COST: ScryptOptions = { N: 16_384, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }
const LABEL = 'scrypt-16384-8-1'
const HASH_BYTES = 32
const SALT_BYTES = 16

function derive(secret: Uint8Array, salt: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, HASH_BYTES, COST, (error, key) => {
      if (error === null) resolve(key)
      else reject(error)
    })
  })
}

/** `label$salt$hash` of a sign-in secret. */
export async function hashSecret(random: Randomness, secret: string): Promise<string> {
  const salt = random.bytes(SALT_BYTES)
  return [LABEL, toB64u(salt), toB64u(await derive(fromB64u(secret), salt))].join('$')
}

/** What an unknown account's secret is compared with, so that the answer takes as long. */
export const NOBODYS_HASH = [
  LABEL,
  toB64u(new Uint8Array(SALT_BYTES)),
  toB64u(new Uint8Array(1)),
].join('$')

/** True when `secret` is the one that `hash` was made of. */
export async function matchesHash(secret: string, hash: string): Promise<boolean> {
  const [label, salt, expected] = hash.split('$')
  if (label !== LABEL || salt === undefined || expected === undefined) return false
  return sameBytes(await derive(fromB64u(secret), fromB64u(salt)), fromB64u(expected))
}
