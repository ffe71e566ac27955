/** Saves when help is offered in a course. */
import { recordAudit } from '../core/audit.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { requireRole } from '../courses/membership.ts'

export async function saveSupportRule(call: Call<'saveSupportRule', 'account'>) {
  const { context, body, caller, parameters } = call
  const courseId = parameters.id
  await serializable(context.db, async (tx) => {
    await requireRole(tx, courseId, caller.account.id, ['teacher', 'course-admin'])
    await tx.supportRule.upsert({
      where: { courseId },
      create: { courseId, ...body },
      update: body,
    })
    await recordAudit(context, tx, {
      kind: 'support-rule-saved',
      actorId: caller.account.id,
      courseId,
      detail: body,
    })
  })
  return {}
}
