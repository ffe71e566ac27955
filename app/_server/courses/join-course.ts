/**
 * Enrols whoever holds an invite link, by an enrolment that their own key signed. One row for each person and course,
 * ever, decides who is in; a whole class joins in one minute, and none of them may lose against another.
 */
import { holdAccount } from '../accounts/hold-account.ts'
import { recordAudit } from '../core/audit.ts'
import { fromB64u } from '../core/bytes.ts'
import { locked } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { refuseTaken } from '../core/refuse-taken.ts'
import { courseOfInvite } from './invites.ts'

export async function joinCourse(call: Call<'joinCourse', 'account'>) {
  const { context, body, caller, parameters } = call
  const accountId = caller.account.id
  // Two requests of one person at once: the second comes too late.
  const courseId = await refuseTaken(
    'already-enrolled',
    locked(context.db, async (tx) => {
      await holdAccount(tx, accountId)
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
    }),
  )
  return { courseId }
}
