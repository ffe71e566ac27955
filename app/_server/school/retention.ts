/** How long the school keeps what it keeps. A course's own setting may be shorter, never longer. */
import type { RetentionFields } from '../../_wire/desk.ts'
import { recordAudit } from '../core/audit.ts'
import type { Transaction } from '../core/database.ts'
import type { Call } from '../core/handle.ts'

/** A school that never said anything. */
export const DEFAULT_RETENTION: RetentionFields = {
  readingsMaxDays: 3650,
  auditDays: 3650,
  invitationDays: 30,
}

export async function currentRetention(tx: Transaction): Promise<RetentionFields> {
  const row = await tx.retentionChange.findFirst({ orderBy: { id: 'desc' } })
  if (row === null) return DEFAULT_RETENTION
  const { readingsMaxDays, auditDays, invitationDays } = row
  return { readingsMaxDays, auditDays, invitationDays }
}

const DAY_MS = 86_400_000
const MOST_COURSES = 500

export async function readRetention({ context }: Call<'retention', 'school-admin'>) {
  const retention = await currentRetention(context.db)
  const courses = await context.db.course.findMany({
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: MOST_COURSES,
    select: {
      id: true,
      name: true,
      retentionDays: true,
      classes: {
        where: { OR: [{ chunks: { some: {} } }, { contentKeys: { some: {} } }] },
        orderBy: { endedAt: { sort: 'asc', nulls: 'last' } },
        select: { endedAt: true },
      },
    },
  })
  return {
    retention,
    courses: courses.map(({ id, name, retentionDays, classes }) => {
      const ended = classes[0]?.endedAt
      const kept = daysKept(retentionDays, retention)
      return {
        id,
        name,
        days: retentionDays,
        classesKept: classes.length,
        nextAt: ended ? ended.getTime() + kept * DAY_MS : null,
      }
    }),
  }
}

/** Days after a class for which its records are kept: as the course says, and never longer than the school allows. */
export function daysKept(
  retentionDays: number,
  { readingsMaxDays }: Pick<RetentionFields, 'readingsMaxDays'>,
): number {
  return Math.min(retentionDays, readingsMaxDays)
}

export async function saveRetention(call: Call<'saveRetention', 'school-admin'>) {
  const { context, body, caller } = call
  const actorId = caller.account.id
  await context.db.$transaction(async (tx) => {
    const at = new Date(context.clock.now())
    await tx.retentionChange.create({ data: { ...body, at, accountId: actorId } })
    await recordAudit(context, tx, { kind: 'retention-changed', actorId, detail: body })
  })
  return {}
}
