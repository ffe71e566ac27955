/**
 * Pages of the audit trail, newest first, with the names that go with them. Who may see which events
 * is for the use case that asks.
 */
import type { z } from 'zod'
import { auditDetails, auditKind, type auditAnswer } from '../../_wire/audit.ts'
import { accountId, courseId } from '../../_wire/primitives.ts'
import type { Prisma } from '../../../prisma/generated/client.ts'
import type { Database } from '../core/database.ts'
import { Refusal } from '../core/refusal.ts'

const PAGE = 50

/** The page of these events that `before` (an event's number, or null) names. */
export async function auditPage(
  db: Database,
  where: Prisma.AuditEventWhereInput,
  before: string | null,
): Promise<z.input<typeof auditAnswer>> {
  const rows = await db.auditEvent.findMany({
    where: before === null ? where : { AND: [where, { id: { lt: parseNumber(before) } }] },
    orderBy: { id: 'desc' },
    take: PAGE + 1,
  })
  const shown = rows.slice(0, PAGE)
  const of = (key: 'actorId' | 'subjectId' | 'courseId'): string[] =>
    shown.map((row) => row[key]).filter((id) => id !== null)
  const [accounts, courses] = await Promise.all([
    db.account.findMany({
      where: { id: { in: [...of('actorId'), ...of('subjectId')] } },
      select: { id: true, name: true },
    }),
    db.course.findMany({ where: { id: { in: of('courseId') } }, select: { id: true, name: true } }),
  ])
  const people = new Map(accounts.map(({ id, name }) => [id, { id: accountId.parse(id), name }]))
  const places = new Map(courses.map(({ id, name }) => [id, { id: courseId.parse(id), name }]))
  return {
    events: shown.map((row) => {
      const kind = auditKind.parse(row.kind)
      return {
        id: String(row.id),
        at: row.at.getTime(),
        kind,
        actor: people.get(row.actorId ?? '') ?? null,
        subject: people.get(row.subjectId ?? '') ?? null,
        course: places.get(row.courseId ?? '') ?? null,
        detail: auditDetails[kind].parse(row.detail),
      }
    }),
    next: rows.length > PAGE ? String(shown.at(-1)?.id) : null,
  }
}

function parseNumber(text: string): bigint {
  if (!/^\d{1,18}$/.test(text)) throw new Refusal('bad-request')
  return BigInt(text)
}
