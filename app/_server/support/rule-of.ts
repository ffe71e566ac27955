/** When help is offered in a course, and which of its classes count. */
import { DEFAULT_SUPPORT_RULE, supportRule, type SupportRule } from '../../_wire/notices.ts'
import type { Transaction } from '../core/database.ts'

type RuleRow = Record<keyof SupportRule, unknown> | null

/** The rule of a row; the defaults where there is none. */
export function ruleOf(row: RuleRow): SupportRule {
  if (row === null) return DEFAULT_SUPPORT_RULE
  const { count, classesLookedAt, classesBefore } = row
  return supportRule.parse({ count, classesLookedAt, classesBefore })
}

/** The ended classes of a course with what became of their notices, oldest first. */
export async function endedClasses(tx: Transaction, courseId: string) {
  const rows = await tx.class.findMany({
    where: { courseId, endedAt: { not: null } },
    orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
    select: { id: true, startedAt: true, endedAt: true, noticeSet: { select: { madeAt: true } } },
  })
  return rows.map(({ id, startedAt, endedAt, noticeSet }) => ({
    id,
    startedAt: startedAt.getTime(),
    endedAt: endedAt?.getTime() ?? null,
    noticedAt: noticeSet?.madeAt.getTime() ?? null,
  }))
}

/** Accounts of the students who are enrolled now, in one order. */
export async function enrolledStudents(tx: Transaction, courseId: string): Promise<string[]> {
  const rows = await tx.enrolment.findMany({
    where: { courseId, removedAt: null, role: 'student' },
    orderBy: { accountId: 'asc' },
    select: { accountId: true },
  })
  return rows.map(({ accountId }) => accountId)
}
