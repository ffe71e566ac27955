/** The student's answer to a suggested helper: shares the case with that person, or does not. */
import { recordAudit } from '../core/audit.ts'
import { fromB64u } from '../core/bytes.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { requireOpenCase } from './case-access.ts'
import { tellByMail } from './tell.ts'

export async function answerSuggestion(call: Call<'answerSuggestion', 'account'>) {
  const { context, body, caller, parameters } = call
  const studentId = caller.account.id
  const { share } = body
  await serializable(context.db, async (tx) => {
    const { row } = await requireOpenCase(tx, parameters.id, caller, 'student')
    if (row.suggestedId !== body.suggestedId) throw new Refusal('suggestion-gone')
    if (share !== null && share.accountId !== body.suggestedId) throw new Refusal('bad-request')
    const at = new Date(context.clock.now())
    await tx.supportCase.update({
      where: { id: row.id },
      data: { suggestedId: null, changedAt: at },
    })
    if (share === null) return
    await tx.caseHelper.create({
      data: {
        caseId: row.id,
        accountId: share.accountId,
        key: fromB64u(share.key),
        share: fromB64u(share.share),
        addedAt: at,
      },
    })
    await recordAudit(context, tx, {
      kind: 'case-helper-added',
      actorId: studentId,
      subjectId: studentId,
    })
  })
  if (share !== null) await tellByMail(context, [share.accountId])
  return {}
}
