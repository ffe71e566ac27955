/**
 * Erases an account: readings, keys, ways in, names go. What stays is a husk with public keys and
 * signed statements, so that the rosters of courses can still be checked, and the audit trail. A course
 * whose key the person held pauses its readings until a teacher makes a new one.
 */
import type { AccountId } from '../../_wire/primitives.ts'
import type { ServerContext } from '../core/context.ts'
import type { Transaction } from '../core/database.ts'
import { holdClassesOf } from '../classes/hold-class.ts'
import { endGrants, settleGeneration } from '../courses/change-holders.ts'
import { eraseFromSupport } from '../support/erase-support.ts'

/** Courses that would be left without a teacher. */
export async function coursesOfLastTeacher(
  tx: Transaction,
  accountId: AccountId,
): Promise<readonly string[]> {
  const rows = await tx.enrolment.findMany({
    where: {
      accountId,
      role: 'teacher',
      removedAt: null,
      course: {
        enrolments: { none: { role: 'teacher', removedAt: null, accountId: { not: accountId } } },
      },
    },
    select: { courseId: true },
  })
  return rows.map(({ courseId }) => courseId)
}

/** Erases in the caller's transaction; answers the courses that the person was in. */
export async function eraseAccount(
  context: ServerContext,
  tx: Transaction,
  accountId: AccountId,
): Promise<readonly string[]> {
  await holdClassesOf(tx, accountId)
  const now = new Date(context.clock.now())
  const account = await tx.account.findUniqueOrThrow({ where: { id: accountId } })
  const own = { where: { accountId } }
  await tx.chunkPart.deleteMany(own)
  await tx.contentKey.deleteMany(own)
  await tx.lateRecord.deleteMany(own)
  await tx.consent.deleteMany(own)
  await tx.accountBox.deleteMany(own)
  await tx.result.deleteMany({ where: { senderId: accountId } })
  await tx.resultKey.deleteMany(own)
  await tx.wayIn.deleteMany(own)
  await tx.resetCode.deleteMany(own)
  await tx.session.deleteMany(own)
  await tx.generationBox.deleteMany(own)
  await eraseFromSupport(tx, accountId)
  await tx.courseInvitation.deleteMany({ where: { email: account.email } })
  await tx.invitation.deleteMany({ where: { email: account.email } })
  await tx.account.update({
    where: { id: accountId },
    data: {
      name: '',
      email: `${accountId}@erased.invalid`,
      privateBox: new Uint8Array(),
      schoolAdmin: false,
      mayTeach: false,
      ageGroup: 'unknown',
      suspendedAt: now,
      erasedAt: now,
    },
  })
  const enrolments = await tx.enrolment.findMany({ where: { accountId, removedAt: null } })
  await tx.enrolment.updateMany({ where: { accountId, removedAt: null }, data: { removedAt: now } })
  for (const { courseId, role } of enrolments) {
    await endGrants(context, tx, courseId, accountId)
    // The newest key's box of this person is gone, so the course is told by the role.
    if (role === 'student') await settleGeneration(context, tx, courseId, accountId, undefined)
    else await tx.course.update({ where: { id: courseId }, data: { generationNeeded: true } })
  }
  return enrolments.map(({ courseId }) => courseId)
}
