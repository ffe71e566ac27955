/** Who is who in a course. Every right in a course and its classes starts here. */
import { courseRole, type CourseRole } from '../../_wire/roles.ts'
import { courseSettings, type CourseSettings, type HistoryPolicy } from '../../_wire/settings.ts'
import type { AccountId } from '../../_wire/primitives.ts'
import type { Transaction } from '../core/database.ts'
import { Refusal } from '../core/refusal.ts'

/** The role of someone who is enrolled now; null for everyone else. */
export async function roleIn(
  tx: Transaction,
  courseId: string,
  accountId: AccountId,
): Promise<CourseRole | null> {
  const row = await tx.enrolment.findUnique({
    where: { courseId_accountId: { courseId, accountId } },
  })
  return row === null || row.removedAt !== null ? null : courseRole.parse(row.role)
}

/**
 * The caller's role in a course.
 * @param roles those that the use case takes; all where it is not said
 * @throws Refusal `course-not-found` to people outside, `not-permitted` to other roles
 */
export async function requireRole(
  tx: Transaction,
  courseId: string,
  accountId: AccountId,
  roles?: readonly CourseRole[],
): Promise<CourseRole> {
  const role = await roleIn(tx, courseId, accountId)
  if (role === null) throw new Refusal('course-not-found')
  if (roles !== undefined && !roles.includes(role)) throw new Refusal('not-permitted')
  return role
}

/** Roles that hold the course key. */
export function holderRoles(policy: HistoryPolicy): readonly CourseRole[] {
  return policy === 'full-history' ? ['teacher', 'course-admin'] : ['teacher']
}

/** Accounts that are to hold the newest key of the course. */
export async function holdersOf(
  tx: Transaction,
  courseId: string,
  policy: HistoryPolicy,
): Promise<ReadonlySet<string>> {
  const rows = await tx.enrolment.findMany({
    where: { courseId, removedAt: null, role: { in: [...holderRoles(policy)] } },
    select: { accountId: true },
  })
  return new Set(rows.map((row) => row.accountId))
}

/** The settings of a course's row. */
export function settingsOf(row: Record<keyof CourseSettings, unknown>): CourseSettings {
  return courseSettings.parse({
    readings: row.readings,
    intervalSeconds: row.intervalSeconds,
    minimumGroup: row.minimumGroup,
    support: row.support,
    retentionDays: row.retentionDays,
    guests: row.guests,
    waitingRoom: row.waitingRoom,
    historyPolicy: row.historyPolicy,
  })
}
