/**
 * The recovery code: 160 random bits in Crockford's base 32, in eight groups of four. People write it down and type it
 * back, so reading forgives case, spaces, hyphens, and O, I, L for 0, 1, 1. It is shown once and never stored.
 */
import { VaultError } from '../errors.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const RECOVERY_BYTES = 20
const CHARACTERS = 32

/** @param secret 20 random bytes */
export function writeRecoveryCode(secret: Uint8Array): string {
  if (secret.length !== RECOVERY_BYTES) throw new VaultError('bad-format')
  let bits = 0n
  for (const byte of secret) bits = bits * 256n + BigInt(byte)
  const text = Array.from({ length: CHARACTERS }, (_, i) =>
    ALPHABET.charAt(Number((bits >> BigInt(5 * (CHARACTERS - 1 - i))) & 31n)),
  ).join('')
  return (text.match(/.{4}/g) ?? []).join('-')
}

/** @throws VaultError `recovery-code-malformed` */
export function readRecoveryCode(code: string): Uint8Array {
  const text = code
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  if (text.length !== CHARACTERS) throw new VaultError('recovery-code-malformed')
  let bits = 0n
  for (const character of text) {
    const value = ALPHABET.indexOf(character)
    if (value < 0) throw new VaultError('recovery-code-malformed')
    bits = bits * 32n + BigInt(value)
  }
  return Uint8Array.from({ length: RECOVERY_BYTES }, (_, i) =>
    Number((bits >> BigInt(8 * (RECOVERY_BYTES - 1 - i))) & 255n),
  )
}
