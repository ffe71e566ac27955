/** The courses that the caller is enrolled in, newest first. */
import { courseRole } from '../../_wire/roles.ts'
import type { Call } from '../core/handle.ts'

export async function listCourses({ context, caller }: Call<'listCourses', 'account'>) {
  const rows = await context.db.enrolment.findMany({
    where: { accountId: caller.account.id, removedAt: null },
    orderBy: [{ course: { createdAt: 'desc' } }, { courseId: 'asc' }],
    include: {
      course: {
        include: {
          classes: { where: { liveCourseId: { not: null } }, select: { id: true } },
          _count: { select: { enrolments: { where: { removedAt: null } } } },
        },
      },
    },
  })
  return {
    courses: rows.map(({ role, course }) => ({
      id: course.id,
      name: course.name,
      role: courseRole.parse(role),
      people: course._count.enrolments,
      liveClassId: course.classes[0]?.id ?? null,
      createdAt: course.createdAt.getTime(),
    })),
  }
}
