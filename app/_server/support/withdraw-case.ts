/**
 * Takes a case back, for its student, whatever its state: every copy of the content key goes, and with it
 * every message, attachment and note. Who and when stay.
 */
import { recordAudit } from '../core/audit.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { requireCase } from './case-access.ts'
import { othersIn, tellByMail } from './tell.ts'

export async function withdrawCase(call: Call<'withdrawCase', 'account'>) {
  const { context, caller, parameters } = call
  const studentId = caller.account.id
  const others = await serializable(context.db, async (tx) => {
    const { row } = await requireCase(tx, parameters.id, caller, 'student')
    if (row.state === 'withdrawn') return []
    const caseId = row.id
    await tx.caseHelper.updateMany({ where: { caseId }, data: { key: null } })
    await tx.caseEntry.deleteMany({ where: { caseId } })
    await tx.caseNote.deleteMany({ where: { caseId } })
    await tx.supportCase.update({
      where: { id: caseId },
      data: {
        state: 'withdrawn',
        studentKey: null,
        suggestedId: null,
        changedAt: new Date(context.clock.now()),
      },
    })
    const event = { kind: 'case-withdrawn' as const, actorId: studentId, subjectId: studentId }
    await recordAudit(context, tx, event)
    return othersIn(row, studentId)
  })
  await tellByMail(context, others)
  return {}
}
