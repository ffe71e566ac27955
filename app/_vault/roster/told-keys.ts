/**
 * Keys of a person whom no signed roster vouches for, by web's word: staff of the whole school, whoever submitted a
 * result. It hands out public keys alone, and nothing here makes them more than web's word.
 */
import { fromB64u } from '../format/bytes.ts'
import type { PublicKeys } from '../format/grant.ts'
import { keyId, type KeyOf } from '../format/signed.ts'
import { same } from '../sodium.ts'
import { KeyChanges, type WireKeyChange } from './key-chain.ts'

/** A person's keys as web tells them. */
export interface Told {
  readonly id: string
  readonly publicKeys: { readonly box: string; readonly sign: string }
  readonly keyChanges: readonly WireKeyChange[]
}

/** The present keys, and those of which the present ones say that they came from them. */
export function toldKeys({ id, publicKeys, keyChanges }: Told): readonly PublicKeys[] {
  const present = { sign: fromB64u(publicKeys.sign, 32), box: fromB64u(publicKeys.box, 32) }
  return [present, ...new KeyChanges(id, keyChanges).before(present)]
}

/** Finds the Ed25519 key with an id among these. */
export function keyRing(keys: readonly PublicKeys[]): KeyOf {
  return (id) => keys.find(({ sign }) => same(keyId(sign), id))?.sign
}
