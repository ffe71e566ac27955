/** Loads a class and tells who the caller is in it. */
import { courseRole, type ClassRole, type CourseRole } from '../../_wire/roles.ts'
import type { Transaction } from '../core/database.ts'
import { Refusal } from '../core/refusal.ts'
import type { Caller } from '../core/sessions.ts'
import { settingsOf } from '../courses/membership.ts'
import { newestGeneration } from '../courses/generations.ts'
import { currentPolicy } from '../school/policy.ts'
import { readingsInForce, type ReadingsInForce } from './readings-in-force.ts'

/** @throws Refusal `class-not-found` */
export async function loadClass(tx: Transaction, id: string) {
  const row = await tx.class.findUnique({ where: { id }, include: { course: true, key: true } })
  if (row === null) throw new Refusal('class-not-found')
  return row
}

export type LoadedClass = Awaited<ReturnType<typeof loadClass>>

/** Course admins attend as guests do: they give no readings and see none. */
export function classRoleOf(role: CourseRole): ClassRole {
  return role === 'course-admin' ? 'guest' : role
}

/**
 * A class and the caller's role in its course.
 * @throws Refusal `class-not-found` to people outside, `not-permitted` to other roles
 */
export async function requireClassRole(
  tx: Transaction,
  classId: string,
  caller: Caller,
  roles: readonly CourseRole[],
): Promise<{ row: LoadedClass; role: CourseRole }> {
  const row = await loadClass(tx, classId)
  const enrolled = await enrolmentOf(tx, row, caller)
  if (enrolled === null) throw new Refusal('class-not-found')
  const { role } = enrolled
  if (!roles.includes(role)) throw new Refusal('not-permitted')
  return { row, role }
}

async function enrolmentOf(
  tx: Transaction,
  row: LoadedClass,
  caller: Caller,
): Promise<{ role: CourseRole; joinedAt: Date } | null> {
  const accountId = caller.account.id
  const person = await tx.enrolment.findUnique({
    where: { courseId_accountId: { courseId: row.courseId, accountId } },
  })
  if (person === null) return null
  if (person.removedAt !== null) throw new Refusal('removed-from-course')
  return { role: courseRole.parse(person.role), joinedAt: person.joinedAt }
}

export interface Visitor {
  readonly row: LoadedClass
  readonly role: ClassRole
  /** Null for guests. */
  readonly courseRole: CourseRole | null
  /** Enrolled after the class began: an account that may have been made to come back with. */
  readonly newcomer: boolean
}

/**
 * Whoever may enter a class: enrolled people in their role, others as guests where the course takes
 * guests.
 * @throws Refusal `class-not-found`, `removed-from-course`, `not-signed-in`, `guests-not-allowed`
 */
export async function requireVisitor(
  tx: Transaction,
  classId: string,
  caller: Caller | null,
): Promise<Visitor> {
  const row = await loadClass(tx, classId)
  const enrolled = caller === null ? null : await enrolmentOf(tx, row, caller)
  if (enrolled !== null) {
    const { role, joinedAt } = enrolled
    const newcomer = joinedAt > row.startedAt
    return { row, role: classRoleOf(role), courseRole: role, newcomer }
  }
  if (!row.course.guests)
    throw new Refusal(caller === null ? 'not-signed-in' : 'guests-not-allowed')
  return { row, role: 'guest', courseRole: null, newcomer: true }
}

/** The readings of a loaded class, as they hold now. */
export async function readingsOf(tx: Transaction, row: LoadedClass): Promise<ReadingsInForce> {
  return readingsInForce({
    settings: settingsOf(row.course),
    generationNeeded: row.course.generationNeeded,
    newestGeneration: (await newestGeneration(tx, row.courseId)).number,
    policy: await currentPolicy(tx),
    key: row.key,
  })
}
