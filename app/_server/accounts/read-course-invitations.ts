/** Courses that the school has invited the caller to. Enrolling needs the caller's own signature. */
import { toB64u } from '../core/bytes.ts'
import type { Call } from '../core/handle.ts'

export async function readCourseInvitations(call: Call<'courseInvitations', 'account'>) {
  const { context, caller } = call
  const { id: accountId, email } = caller.account
  const rows = await context.db.courseInvitation.findMany({
    where: { email, course: { enrolments: { none: { accountId } } } },
    orderBy: [{ invitedAt: 'asc' }, { courseId: 'asc' }],
    include: { course: { include: { creator: { select: { name: true } } } } },
  })
  return {
    invitations: rows.map(({ courseId, course, rootFingerprint }) => ({
      courseId,
      courseName: course.name,
      teacherName: course.creator.name,
      inviteToken: toB64u(course.inviteToken),
      rootFingerprint: toB64u(rootFingerprint),
    })),
  }
}
