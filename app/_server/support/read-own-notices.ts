/**
 * The notices addressed to the caller, and the classes for which the caller's own vault has to look where
 * none came. The answer has the same form for everyone; web does not know what a box holds.
 */
import { toB64u } from '../core/bytes.ts'
import type { Call } from '../core/handle.ts'
import { endedClasses, ruleOf } from './rule-of.ts'

/** Sets older than this are not handed out any more, and swept. */
export const NOTICE_LIFE_MS = 60 * 86_400_000

export async function readOwnNotices(call: Call<'ownNotices', 'account'>) {
  const { context, caller } = call
  const { db } = context
  const now = context.clock.now()
  const accountId = caller.account.id
  const notices = await db.notice.findMany({
    where: { accountId, set: { madeAt: { gt: new Date(now - NOTICE_LIFE_MS) } } },
    include: { set: { include: { class: { select: { courseId: true } } } } },
  })
  const courses = await db.enrolment.findMany({
    where: { accountId, removedAt: null, role: 'student', course: { support: true } },
    include: { course: { include: { supportRule: true } } },
    orderBy: { courseId: 'asc' },
  })
  return {
    notices: notices
      .map(({ classId, box, set }) => ({
        courseId: set.class.courseId,
        classId,
        box: toB64u(box),
        madeAt: set.madeAt.getTime(),
      }))
      .sort((a, b) => a.madeAt - b.madeAt || (a.classId < b.classId ? -1 : 1)),
    courses: await Promise.all(
      courses.map(async ({ course }) => ({
        courseId: course.id,
        name: course.name,
        rule: ruleOf(course.supportRule),
        classes: await endedClasses(db, course.id),
      })),
    ),
    now,
  }
}
