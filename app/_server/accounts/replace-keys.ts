/** What a renewal and a reset have in common: the present keys are put aside, and others take their place. */
import type { z } from 'zod'
import type { publicKeys } from '../../_wire/accounts.ts'
import type { keyChangeKind } from '../../_wire/courses.ts'
import { fromB64u } from '../core/bytes.ts'
import type { ServerContext } from '../core/context.ts'
import type { Transaction } from '../core/database.ts'
import { Refusal } from '../core/refusal.ts'

/** As many as the private box has room for, with some to spare. */
export const MOST_KEY_CHANGES = 50

export interface NewKeys {
  readonly publicKeys: z.output<typeof publicKeys>
  readonly privateBox: string
  readonly keyChange: string
}

/** @throws Refusal `keys-not-renewable` */
export async function replaceKeys(
  context: ServerContext,
  tx: Transaction,
  accountId: string,
  kind: z.output<typeof keyChangeKind>,
  keys: NewKeys,
): Promise<void> {
  const before = await tx.account.findUniqueOrThrow({
    where: { id: accountId },
    include: { keyChanges: { orderBy: { number: 'desc' }, take: MOST_KEY_CHANGES } },
  })
  const reset = before.keyChanges.findIndex((change) => change.kind === 'reset')
  const sinceReset = reset < 0 ? before.keyChanges.length : reset
  if (kind === 'renewed' && sinceReset >= MOST_KEY_CHANGES) throw new Refusal('keys-not-renewable')
  const at = new Date(context.clock.now())
  const { boxPublicKey, signPublicKey } = before
  await tx.retiredKeys.create({ data: { accountId, boxPublicKey, signPublicKey, retiredAt: at } })
  await tx.keyChange.create({
    data: {
      accountId,
      number: (before.keyChanges[0]?.number ?? -1) + 1,
      kind,
      signed: fromB64u(keys.keyChange),
      at,
    },
  })
  await tx.account.update({
    where: { id: accountId },
    data: {
      boxPublicKey: fromB64u(keys.publicKeys.box),
      signPublicKey: fromB64u(keys.publicKeys.sign),
      privateBox: fromB64u(keys.privateBox),
    },
  })
}
