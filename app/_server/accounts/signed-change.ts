/**
 * Checks the outer signature of an account's change of keys, so that a slip or a stolen session cannot put keys in place
 * that nobody would believe. What the statement says is for vaults to judge.
 */
import { createPublicKey, verify } from 'node:crypto'
import { fromB64u } from '../core/bytes.ts'
import { Refusal } from '../core/refusal.ts'

const SIGNATURE_BYTES = 64

/** @throws Refusal `key-change-wrong` */
export function requireSignedChange(
  purpose: 'attune/key-change/1' | 'attune/key-reset/1',
  statement: string,
  signPublicKey: string,
): void {
  const document = fromB64u(statement)
  const body = document.subarray(SIGNATURE_BYTES)
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: signPublicKey },
    format: 'jwk',
  })
  const covered = Buffer.concat([Buffer.from(`${purpose}\0`), body])
  const holds = body.length > 0 && verify(null, covered, key, document.subarray(0, SIGNATURE_BYTES))
  if (!holds) throw new Refusal('key-change-wrong')
}
