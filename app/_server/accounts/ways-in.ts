/** Rows of wrapped account keys, as they travel and as they are kept. */
import type { z } from 'zod'
import {
  wrappedAccountKey,
  type accountKeysAnswer,
  type WrappedAccountKey,
} from '../../_wire/accounts.ts'
import { fromB64u, toB64u } from '../core/bytes.ts'
import type { Transaction } from '../core/database.ts'
import { Refusal } from '../core/refusal.ts'

/** Columns of one way in. */
export function toWayIn(wrap: WrappedAccountKey, secretHash: string) {
  return {
    kind: wrap.kind,
    ...wrap.kdf,
    salt: fromB64u(wrap.salt),
    box: fromB64u(wrap.box),
    secretHash,
  }
}

/** Public keys, private box and wraps of an account. */
export async function keysOf(
  tx: Transaction,
  id: string,
): Promise<z.input<typeof accountKeysAnswer>> {
  const account = await tx.account.findUnique({ where: { id }, include: { waysIn: true } })
  if (account === null) throw new Refusal('account-not-found')
  return {
    publicKeys: { box: toB64u(account.boxPublicKey), sign: toB64u(account.signPublicKey) },
    privateBox: toB64u(account.privateBox),
    wraps: account.waysIn.map((row) =>
      wrappedAccountKey.parse({
        kind: row.kind,
        kdf: { algorithm: row.algorithm, passes: row.passes, memoryBytes: row.memoryBytes },
        salt: toB64u(row.salt),
        box: toB64u(row.box),
      }),
    ),
  }
}
