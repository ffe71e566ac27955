/** Adds a sealed message to a case, by any of its people. */
import { fromB64u } from '../core/bytes.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { requireOpenCase } from './case-access.ts'
import { othersIn, tellByMail } from './tell.ts'

export const MOST_ENTRIES = 1000

export async function addToCase(call: Call<'addToCase', 'account'>) {
  const { context, body, caller, parameters } = call
  const authorId = caller.account.id
  const others = await serializable(context.db, async (tx) => {
    const { row } = await requireOpenCase(tx, parameters.id, caller)
    if ((await tx.caseEntry.count({ where: { caseId: row.id } })) >= MOST_ENTRIES) {
      throw new Refusal('case-full')
    }
    const at = new Date(context.clock.now())
    const box = fromB64u(body.box)
    await tx.caseEntry.create({ data: { caseId: row.id, authorId, kind: 'message', box, at } })
    await tx.supportCase.update({ where: { id: row.id }, data: { changedAt: at } })
    return othersIn(row, authorId)
  })
  await tellByMail(context, others)
  return {}
}
