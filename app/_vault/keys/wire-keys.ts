/**
 * Wraps, keys and accounts between their forms on the wire and in the vault. It derives nothing and opens nothing that a
 * caller does not hand it a key for; secrets that go out are overwritten once they are text.
 */
import type { z } from 'zod'
import type { accountKeysAnswer } from '../../_wire/accounts.ts'
import type { OwnAccount } from '../../_wire/session.ts'
import { VaultError, isVaultError } from '../errors.ts'
import { fromB64u } from '../format/bytes.ts'
import type { PublicKeys } from '../format/grant.ts'
import { toB64u } from '../sodium.ts'
import type { VaultAccount } from '../verbs.ts'
import { AccountKeys, type NewWrap, type Wrap, type WrapKind } from './account-keys.ts'
import { forget, type KdfParameters } from './password.ts'

type KeysAnswer = z.infer<typeof accountKeysAnswer>
type WireWrap = KeysAnswer['wraps'][number]

export async function refusedAs<T>(
  code: 'wrong-password' | 'wrong-recovery-code',
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (isVaultError(error, 'wrong-credentials')) throw new VaultError(code, { cause: error })
    throw error
  }
}

export function shownAccount(account: OwnAccount): VaultAccount {
  return { accountId: account.id, name: account.name, email: account.email }
}

export function keysOf(answer: Pick<KeysAnswer, 'publicKeys'>): PublicKeys {
  const { sign, box } = answer.publicKeys
  return { sign: fromB64u(sign, 32), box: fromB64u(box, 32) }
}

export function openKeys(accountKey: Uint8Array, answer: KeysAnswer): AccountKeys {
  return AccountKeys.open(accountKey, fromB64u(answer.privateBox), keysOf(answer))
}

export function kdfOf(kdf: WireWrap['kdf']): KdfParameters {
  return { kdf: kdf.algorithm, memory: kdf.memoryBytes, passes: kdf.passes }
}

export function wrapOf(answer: KeysAnswer, kind: WrapKind): Wrap {
  const found = answer.wraps.find((wrap) => wrap.kind === kind)
  if (!found) throw new VaultError('keys-tampered')
  return { kind, ...kdfOf(found.kdf), salt: fromB64u(found.salt), box: fromB64u(found.box) }
}

function wrapToWire({ memory, passes, salt, box }: Wrap): Omit<WireWrap, 'kind'> {
  return {
    kdf: { algorithm: 'argon2id', memoryBytes: memory, passes },
    salt: toB64u(salt),
    box: toB64u(box),
  }
}

function secretToWire({ signInSecret }: NewWrap): string {
  const text = toB64u(signInSecret)
  forget(signInSecret)
  return text
}

export function passwordFields(password: NewWrap): {
  passwordWrap: Omit<WireWrap, 'kind'> & { kind: 'password' }
  passwordSecret: string
} {
  return {
    passwordWrap: { ...wrapToWire(password.wrap), kind: 'password' },
    passwordSecret: secretToWire(password),
  }
}

export function recoveryFields(recovery: NewWrap): {
  recoveryWrap: Omit<WireWrap, 'kind'> & { kind: 'recovery' }
  recoverySecret: string
} {
  return {
    recoveryWrap: { ...wrapToWire(recovery.wrap), kind: 'recovery' },
    recoverySecret: secretToWire(recovery),
  }
}

export function publicToWire({ sign, box }: PublicKeys): { sign: string; box: string } {
  return { sign: toB64u(sign), box: toB64u(box) }
}
