/**
 * Who is who in a case, and how a case looks from outside: who and when, never what. Every right in a case
 * starts here.
 */
import { caseState } from '../../_wire/support.ts'
import type { Prisma } from '../../../prisma/generated/client.ts'
import type { Transaction } from '../core/database.ts'
import { Refusal } from '../core/refusal.ts'
import type { Caller } from '../core/sessions.ts'

const withNames = {
  student: { select: { id: true, name: true } },
  helpers: {
    include: { account: { select: { id: true, name: true } } },
    orderBy: [{ addedAt: 'asc' }, { accountId: 'asc' }],
  },
  _count: { select: { entries: { where: { kind: 'message' } } } },
} as const satisfies Prisma.SupportCaseInclude

export type CaseRow = Prisma.SupportCaseGetPayload<{ include: typeof withNames }>
export type CaseRole = 'student' | 'helper'

/** The caller's part in a loaded case; null for everyone else. */
export function roleInCase(row: CaseRow, accountId: string): CaseRole | null {
  if (row.studentId === accountId) return 'student'
  return row.helpers.some((helper) => helper.accountId === accountId) ? 'helper' : null
}

/**
 * A case and the caller's part in it.
 * @throws Refusal `case-not-found` to everyone else, `not-permitted` to the other part
 */
export async function requireCase(
  tx: Transaction,
  id: string,
  caller: Caller,
  wanted?: CaseRole,
): Promise<{ row: CaseRow; role: CaseRole }> {
  const row = await tx.supportCase.findUnique({ where: { id }, include: withNames })
  const role = row === null ? null : roleInCase(row, caller.account.id)
  if (row === null || role === null) throw new Refusal('case-not-found')
  if (wanted !== undefined && role !== wanted) throw new Refusal('not-permitted')
  return { row, role }
}

/** As {@link requireCase}, of a case that still holds something. @throws Refusal also `case-withdrawn` */
export async function requireOpenCase(...args: Parameters<typeof requireCase>) {
  const found = await requireCase(...args)
  if (found.row.state === 'withdrawn') throw new Refusal('case-withdrawn')
  return found
}

/** Cases that somebody has a part in, or all; newest change first. */
export function findCases(
  tx: Transaction,
  where: Prisma.SupportCaseWhereInput,
): Promise<CaseRow[]> {
  return tx.supportCase.findMany({
    where,
    include: withNames,
    orderBy: [{ changedAt: 'desc' }, { id: 'asc' }],
    take: 500,
  })
}

/** The outsides of cases. */
export async function headsOf(tx: Transaction, rows: readonly CaseRow[]) {
  const courses = await tx.course.findMany({
    where: { id: { in: rows.flatMap(({ courseId }) => courseId ?? []) } },
    select: { id: true, name: true },
  })
  const suggested = await tx.account.findMany({
    where: { id: { in: rows.flatMap(({ suggestedId }) => suggestedId ?? []) } },
    select: { id: true, name: true },
  })
  return rows.map((row) => ({
    id: row.id,
    student: row.student,
    helpers: row.helpers.map(({ account }) => account),
    course: courses.find(({ id }) => id === row.courseId) ?? null,
    suggested: suggested.find(({ id }) => id === row.suggestedId) ?? null,
    state: caseState.parse(row.state),
    messages: row._count.entries,
    createdAt: row.createdAt.getTime(),
    changedAt: row.changedAt.getTime(),
  }))
}
