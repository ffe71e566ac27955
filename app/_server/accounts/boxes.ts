/**
 * Boxes that a vault seals to its own account (pins, heads). Written by compare-and-set, so that two
 * devices cannot overwrite each other unseen.
 */
import { fromB64u, toB64u } from '../core/bytes.ts'
import { locked } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { refuseTaken } from '../core/refuse-taken.ts'
import { holdAccount } from './hold-account.ts'

const MOST_BOXES = 500

export async function readBox(call: Call<'readBox', 'account'>) {
  const { context, caller, parameters } = call
  const row = await context.db.accountBox.findUnique({
    where: { accountId_name: { accountId: caller.account.id, name: parameters.name } },
  })
  return row === null ? { version: 0, box: null } : { version: row.version, box: toB64u(row.box) }
}

export async function writeBox(call: Call<'writeBox', 'account'>) {
  const { context, caller, parameters, body } = call
  const accountId = caller.account.id
  const data = { box: fromB64u(body.box), changedAt: new Date(context.clock.now()) }
  const version = body.replaces + 1
  if (body.replaces > 0) {
    const { count } = await context.db.accountBox.updateMany({
      where: { accountId, name: parameters.name, version: body.replaces },
      data: { ...data, version },
    })
    if (count === 0) throw new Refusal('box-changed')
    return { version }
  }
  await refuseTaken(
    'box-changed',
    locked(context.db, async (tx) => {
      await holdAccount(tx, accountId)
      if ((await tx.accountBox.count({ where: { accountId } })) >= MOST_BOXES) {
        throw new Refusal('too-many-boxes')
      }
      await tx.accountBox.create({ data: { ...data, accountId, name: parameters.name, version } })
    }),
  )
  return { version }
}
