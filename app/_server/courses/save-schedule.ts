/** Says when the class of a course takes place each week, or that it does not. */
import { Prisma } from '../../../prisma/generated/client.ts'
import type { Call } from '../core/handle.ts'
import { requireRole } from './membership.ts'

export async function saveSchedule(call: Call<'saveSchedule', 'account'>) {
  const { context, body, caller, parameters } = call
  await requireRole(context.db, parameters.id, caller.account.id, ['teacher', 'course-admin'])
  await context.db.course.update({
    where: { id: parameters.id },
    data: { schedule: body.schedule ?? Prisma.DbNull },
  })
  return {}
}
