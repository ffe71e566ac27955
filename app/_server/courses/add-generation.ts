/** Takes in a new generation of the course key, after a holder went or a teacher renewed it. */
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { pushReadings } from '../classes/push.ts'
import { takeGeneration } from './generations.ts'
import { requireRole, settingsOf } from './membership.ts'

export async function addGeneration(call: Call<'addGeneration', 'account'>) {
  const { context, body, caller, parameters } = call
  await serializable(context.db, async (tx) => {
    await requireRole(tx, parameters.id, caller.account.id, ['teacher'])
    const course = await tx.course.findUniqueOrThrow({ where: { id: parameters.id } })
    const settings = settingsOf(course)
    await takeGeneration(context, tx, course.id, settings, caller.account.id, body.generation)
  })
  await pushReadings(context, parameters.id)
  return {}
}
