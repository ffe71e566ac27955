/** One person as the school's admins see one: rights, age group, courses. */
import { whoConsents } from '../../_wire/age.ts'
import { courseRole } from '../../_wire/roles.ts'
import type { Transaction } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { toSchoolPerson } from './list-people.ts'
import { currentPolicy } from './policy.ts'

/** @throws Refusal `account-not-found`, for those erased too */
export async function requirePerson(tx: Transaction, id: string) {
  const row = await tx.account.findUnique({ where: { id, erasedAt: null } })
  if (row === null) throw new Refusal('account-not-found')
  return row
}

const GUARDIAN = { guardian: true, self: false, either: null }

export async function readPerson({ context, parameters }: Call<'person', 'school-admin'>) {
  const row = await requirePerson(context.db, parameters.id)
  const [{ guardianAge }, enrolments, sessions] = await Promise.all([
    currentPolicy(context.db),
    context.db.enrolment.findMany({
      where: { accountId: row.id },
      include: { course: { select: { name: true } } },
      orderBy: { joinedAt: 'desc' },
    }),
    context.db.session.count({
      where: { accountId: row.id, expiresAt: { gt: new Date(context.clock.now()) } },
    }),
  ])
  const person = toSchoolPerson(row)
  return {
    ...person,
    sessions,
    guardian: GUARDIAN[whoConsents(person.ageGroup, guardianAge)],
    courses: enrolments.map(({ courseId, course, role, joinedAt, removedAt }) => ({
      id: courseId,
      name: course.name,
      role: courseRole.parse(role),
      joinedAt: joinedAt.getTime(),
      removedAt: removedAt?.getTime() ?? null,
    })),
  }
}
