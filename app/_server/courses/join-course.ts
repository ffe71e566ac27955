/** Enrols whoever holds an invite link, by an enrolment that their own key signed. */
import { recordAudit } from '../core/audit.ts'
import { fromB64u } from '../core/bytes.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { courseOfInvite } from './invites.ts'

export async function joinCourse(call: Call<'joinCourse', 'account'>) {
  const { context, body, caller, parameters } = call
  const accountId = caller.account.id
  const courseId = await serializable(context.db, async (tx) => {
    const course = await courseOfInvite(tx, parameters.token)
    const existing = await tx.enrolment.findUnique({
      where: { courseId_accountId: { courseId: course.id, accountId } },
    })
    if (existing !== null) {
      throw new Refusal(existing.removedAt === null ? 'already-enrolled' : 'removed-from-course')
    }
    await tx.enrolment.create({
      data: {
        courseId: course.id,
        accountId,
        role: 'student',
        enrolment: fromB64u(body.enrolment),
        joinedAt: new Date(context.clock.now()),
      },
    })
    const courseId = course.id
    await recordAudit(context, tx, { kind: 'course-joined', actorId: accountId, courseId })
    return courseId
  })
  return { courseId }
}
