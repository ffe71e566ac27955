/** Says how far a case has come; for its helpers. */
import { accountId as accountIds } from '../../_wire/primitives.ts'
import { recordAudit } from '../core/audit.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { requireOpenCase } from './case-access.ts'
import { othersIn, tellByMail } from './tell.ts'

export async function setCaseState(call: Call<'setCaseState', 'account'>) {
  const { context, body, caller, parameters } = call
  const actorId = caller.account.id
  const others = await serializable(context.db, async (tx) => {
    const { row } = await requireOpenCase(tx, parameters.id, caller, 'helper')
    if (row.state === body.state) return []
    await tx.supportCase.update({
      where: { id: row.id },
      data: { state: body.state, changedAt: new Date(context.clock.now()) },
    })
    await recordAudit(context, tx, {
      kind: 'case-state-changed',
      actorId,
      subjectId: accountIds.parse(row.studentId),
      detail: body,
    })
    return othersIn(row, actorId)
  })
  await tellByMail(context, others)
  return {}
}
