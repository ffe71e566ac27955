/** For a teacher's vault: which classes of a course have their notices, and whom a set is for. */
import type { Call } from '../core/handle.ts'
import { requireRole } from '../courses/membership.ts'
import { endedClasses, enrolledStudents, ruleOf } from './rule-of.ts'

export async function readCourseNotices(call: Call<'courseNotices', 'account'>) {
  const { context, caller, parameters } = call
  const { db } = context
  await requireRole(db, parameters.id, caller.account.id, ['teacher'])
  const course = await db.course.findUniqueOrThrow({
    where: { id: parameters.id },
    include: { supportRule: true },
  })
  return {
    support: course.support,
    rule: ruleOf(course.supportRule),
    classes: await endedClasses(db, course.id),
    students: await enrolledStudents(db, course.id),
    now: context.clock.now(),
  }
}
