/** A course as its page shows it to one enrolled person. */
import { courseRole } from '../../_wire/roles.ts'
import { courseSchedule } from '../../_wire/schedule.ts'
import { toB64u } from '../core/bytes.ts'
import type { Call } from '../core/handle.ts'
import { currentPolicy } from '../school/policy.ts'
import { requireRole, settingsOf } from './membership.ts'

const MOST_CLASSES = 200

export async function readCourse(call: Call<'course', 'account'>) {
  const { context, caller, parameters } = call
  const role = await requireRole(context.db, parameters.id, caller.account.id)
  const [course, policy] = await Promise.all([
    context.db.course.findUniqueOrThrow({
      where: { id: parameters.id },
      include: {
        enrolments: {
          where: { removedAt: null },
          include: { account: { select: { name: true } } },
          orderBy: [{ joinedAt: 'asc' }, { accountId: 'asc' }],
        },
        classes: { orderBy: { startedAt: 'desc' }, take: MOST_CLASSES },
      },
    }),
    currentPolicy(context.db),
  ])
  return {
    id: course.id,
    name: course.name,
    role,
    settings: settingsOf(course),
    schedule: courseSchedule.nullable().parse(course.schedule),
    inviteToken: role === 'student' ? null : toB64u(course.inviteToken),
    people: course.enrolments.map((row) => ({
      accountId: row.accountId,
      name: row.account.name,
      role: courseRole.parse(row.role),
    })),
    classes: course.classes.map((row) => ({
      id: row.id,
      startedAt: row.startedAt.getTime(),
      endedAt: row.endedAt?.getTime() ?? null,
    })),
    liveClassId: course.classes.find((row) => row.liveCourseId !== null)?.id ?? null,
    generationNeeded: course.generationNeeded,
    policy: {
      expressionAnalysis: policy.expressionAnalysis === 'on',
      minimumGroupFloor: policy.minimumGroupFloor,
    },
    createdAt: course.createdAt.getTime(),
  }
}
