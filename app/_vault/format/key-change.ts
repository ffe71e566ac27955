/**
 * An account's change of keys, by its own word. An ordinary change (`attune/key-change/1`) is signed by the old key; one
 * after a reset (`attune/key-reset/1`) by the new key alone, since nobody has the old one any more. In both the new key
 * says itself that it accepts, so that nobody can claim another's key. Encoder and decoder alone: whether anyone believes
 * a change is the roster's business (`roster/key-chain.ts`).
 */
import { VaultError } from '../errors.ts'
import { sodium } from '../sodium.ts'
import { ByteReader, ByteWriter, concat } from './bytes.ts'
import { PUBLIC_KEY_BYTES, type PublicKeys } from './grant.ts'
import { SIGNATURE_BYTES, signDocument, unverifiedBody, verifyDocument } from './signed.ts'

const VERSION = 1
const FIELDS_BYTES = 1 + 16 + 4 * PUBLIC_KEY_BYTES + 6

export type KeyChangeKind = 'renewed' | 'reset'

const PURPOSES = { renewed: 'attune/key-change/1', reset: 'attune/key-reset/1' } as const

export interface KeyChange {
  readonly accountId: string
  readonly from: PublicKeys
  readonly to: PublicKeys
  readonly at: number
}

/**
 * A signed change.
 * @param oldKey the Ed25519 secret key that goes; null after a reset
 * @param newKey the one that comes
 */
export function signKeyChange(
  change: KeyChange,
  oldKey: Uint8Array | null,
  newKey: Uint8Array,
): Uint8Array {
  const fields = new ByteWriter()
    .u8(VERSION)
    .id(change.accountId)
    .bytes(change.from.sign, PUBLIC_KEY_BYTES)
    .bytes(change.from.box, PUBLIC_KEY_BYTES)
    .bytes(change.to.sign, PUBLIC_KEY_BYTES)
    .bytes(change.to.box, PUBLIC_KEY_BYTES)
    .time(change.at)
    .done()
  const accepted = signDocument('attune/key-accepted/1', fields, newKey)
  const body = concat(fields, accepted.slice(0, SIGNATURE_BYTES))
  const purpose = PURPOSES[oldKey ? 'renewed' : 'reset']
  return signDocument(purpose, body, oldKey ?? newKey)
}

/**
 * The change, once both signatures hold.
 * @throws VaultError `bad-format`, `bad-signature`
 */
export function openKeyChange(kind: KeyChangeKind, document: Uint8Array): KeyChange {
  const body = unverifiedBody(document)
  if (body.length !== FIELDS_BYTES + SIGNATURE_BYTES) throw new VaultError('bad-format')
  const fields = body.slice(0, FIELDS_BYTES)
  const reader = new ByteReader(fields)
  reader.oneOf([VERSION])
  const change: KeyChange = {
    accountId: reader.id(),
    from: { sign: reader.bytes(PUBLIC_KEY_BYTES), box: reader.bytes(PUBLIC_KEY_BYTES) },
    to: { sign: reader.bytes(PUBLIC_KEY_BYTES), box: reader.bytes(PUBLIC_KEY_BYTES) },
    at: reader.time(),
  }
  reader.end()
  verifyDocument('attune/key-accepted/1', concat(body.slice(FIELDS_BYTES), fields), change.to.sign)
  const signer = kind === 'renewed' ? change.from.sign : change.to.sign
  verifyDocument(PURPOSES[kind], document, signer)
  if (sodium.memcmp(change.from.sign, change.to.sign)) throw new VaultError('bad-format')
  return change
}
