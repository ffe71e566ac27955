/**
 * From a password or a recovery code to two secrets: what web hears at sign-in, and what wraps the account key. The
 * password never leaves the worker; neither secret can be computed from the other. Parameters below the floor are
 * refused, whoever offers them, so that a server cannot ask for a cheap guess.
 */
import { VaultError } from '../errors.ts'
import { sodium } from '../sodium.ts'

export const KDF_NAME = 'argon2id'
export const SALT_BYTES = 16

/** Argon2id: `memory` in bytes, `passes` over it. */
export interface KdfParameters {
  readonly kdf: string
  readonly memory: number
  readonly passes: number
}

/** The floor, and what new wraps are made with. */
export const KDF_PARAMETERS: KdfParameters = { kdf: KDF_NAME, memory: 64 * 1024 * 1024, passes: 3 }
const MEMORY_CEILING = 1024 * 1024 * 1024
const PASSES_CEILING = 16

const CONTEXT = 'attuneKW'
const SIGN_IN = 1
const WRAP = 2

/** Both are 32 bytes. Call `forget` once done. */
export interface DerivedSecrets {
  /** Goes to web, which hashes it again. */
  readonly signInSecret: Uint8Array
  readonly wrapKey: Uint8Array
}

/**
 * Derives both secrets; takes about a second.
 * @throws VaultError `key-parameters-weak` for parameters under the floor (or absurdly high), `bad-format`
 */
export function deriveSecrets(
  secret: Uint8Array,
  salt: Uint8Array,
  parameters: KdfParameters,
): DerivedSecrets {
  const { kdf, memory, passes } = parameters
  if (kdf !== KDF_NAME || memory < KDF_PARAMETERS.memory || passes < KDF_PARAMETERS.passes) {
    throw new VaultError('key-parameters-weak')
  }
  if (memory > MEMORY_CEILING || passes > PASSES_CEILING || salt.length !== SALT_BYTES) {
    throw new VaultError('bad-format')
  }
  const algorithm = sodium.crypto_pwhash_ALG_ARGON2ID13
  const master = sodium.crypto_pwhash(32, secret, salt, passes, memory, algorithm)
  const derived = {
    signInSecret: sodium.crypto_kdf_derive_from_key(32, SIGN_IN, CONTEXT, master),
    wrapKey: sodium.crypto_kdf_derive_from_key(32, WRAP, CONTEXT, master),
  }
  sodium.memzero(master)
  return derived
}

/** A password as bytes; composed, so that two keyboards give the same bytes. */
export function passwordBytes(password: string): Uint8Array {
  return new TextEncoder().encode(password.normalize('NFKC'))
}

/** Lends a password's bytes to `run`, and overwrites them afterwards. */
export function withPassword<T>(password: string, run: (bytes: Uint8Array) => T): T {
  const bytes = passwordBytes(password)
  try {
    return run(bytes)
  } finally {
    forget(bytes)
  }
}

/** @throws VaultError `password-weak` below ten characters */
export function requireStrongPassword(password: string): void {
  if (password.length < 10) throw new VaultError('password-weak')
}

/** Overwrites secrets that are no longer needed. */
export function forget(...secrets: readonly (Uint8Array | null | undefined)[]): void {
  for (const secret of secrets) if (secret) sodium.memzero(secret)
}
