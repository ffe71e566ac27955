/**
 * Takes a person out of a course, out of its live class at once. Anyone may leave; teachers remove
 * anyone, course admins remove students.
 */
import { recordAudit } from '../core/audit.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { pushReadings, revokeInCourse } from '../classes/push.ts'
import { endGrants, settleGeneration } from './change-holders.ts'
import { requireRole, roleIn } from './membership.ts'

export async function removePerson(call: Call<'removePerson', 'account'>) {
  const { context, body, caller, parameters } = call
  const { id: courseId, accountId } = parameters
  const actorId = caller.account.id
  await serializable(context.db, async (tx) => {
    const own = await requireRole(tx, courseId, actorId)
    const theirs = await roleIn(tx, courseId, accountId)
    if (theirs === null) throw new Refusal('not-enrolled')
    const may =
      accountId === actorId || own === 'teacher' || (own === 'course-admin' && theirs === 'student')
    if (!may) throw new Refusal('not-permitted')
    if (body.generation !== undefined && (own !== 'teacher' || accountId === actorId)) {
      throw new Refusal('not-permitted')
    }
    await tx.enrolment.update({
      where: { courseId_accountId: { courseId, accountId } },
      data: { removedAt: new Date(context.clock.now()) },
    })
    const teachers = { courseId, role: 'teacher', removedAt: null }
    if ((await tx.enrolment.count({ where: teachers })) === 0) throw new Refusal('last-teacher')
    await endGrants(context, tx, courseId, accountId)
    await settleGeneration(context, tx, courseId, actorId, body.generation)
    await recordAudit(context, tx, {
      kind: 'person-removed',
      actorId,
      subjectId: accountId,
      courseId,
    })
  })
  await revokeInCourse(context, courseId, accountId)
  await pushReadings(context, courseId)
  return {}
}
