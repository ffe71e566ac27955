/**
 * Saves a course's settings. Where they ask students for something else than before, they come with a
 * new generation that is bound to the new consent text, or not at all.
 */
import { recordAudit } from '../core/audit.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { pushReadings } from '../classes/push.ts'
import { currentPolicy } from '../school/policy.ts'
import { needsNewGeneration, newestGeneration, takeGeneration } from './generations.ts'
import { requireRole } from './membership.ts'

export async function saveSettings(call: Call<'saveSettings', 'account'>) {
  const { context, body, caller, parameters } = call
  const { settings, generation } = body
  const id = parameters.id
  const accountId = caller.account.id
  await serializable(context.db, async (tx) => {
    const role = await requireRole(tx, id, accountId, ['teacher', 'course-admin'])
    const policy = await currentPolicy(tx)
    if (settings.readings === 'expression' && policy.expressionAnalysis === 'off') {
      throw new Refusal('policy-forbids-expression')
    }
    if (settings.minimumGroup < policy.minimumGroupFloor) {
      throw new Refusal('minimum-group-too-low')
    }
    await tx.course.update({ where: { id }, data: settings })
    if (generation !== undefined) {
      if (role !== 'teacher') throw new Refusal('not-permitted')
      await takeGeneration(context, tx, id, settings, accountId, generation)
    } else if (needsNewGeneration(settings, await newestGeneration(tx, id))) {
      throw new Refusal('generation-needed')
    }
    await recordAudit(context, tx, {
      kind: 'settings-saved',
      actorId: accountId,
      courseId: id,
      detail: { readings: settings.readings },
    })
  })
  await pushReadings(context, id)
  return {}
}
