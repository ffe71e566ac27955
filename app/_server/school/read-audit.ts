/**
 * The audit trail, filtered on the server: all of it to school admins, that of their courses to course
 * admins.
 */
import * as z from 'zod'
import { auditKind } from '../../_wire/audit.ts'
import { accountId, courseId } from '../../_wire/primitives.ts'
import type { Prisma } from '../../../prisma/generated/client.ts'
import type { Transaction } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { searchOf } from '../core/paging.ts'
import { Refusal } from '../core/refusal.ts'
import { auditPage } from './audit-pages.ts'
import { deskOf } from './desk-courses.ts'

const filters = z.object({
  kind: auditKind.nullable(),
  person: accountId.nullable(),
  course: courseId.nullable(),
  /** Milliseconds since 1970, from inclusive, to exclusive. */
  from: z.coerce.number().int().min(0).max(8.64e15).nullable(),
  to: z.coerce.number().int().min(0).max(8.64e15).nullable(),
})

export async function readAudit({ context, caller, query }: Call<'audit', 'account'>) {
  const { db } = context
  const desk = await deskOf(db, caller)
  const asked = filters.safeParse({
    kind: query.get('kind'),
    person: query.get('person'),
    course: query.get('course'),
    from: query.get('from'),
    to: query.get('to'),
  })
  if (!asked.success) throw new Refusal('bad-request')
  const { kind, person, course, from, to } = asked.data
  const and: Prisma.AuditEventWhereInput[] = [await byName(db, searchOf(query))]
  if (desk !== null) and.push({ courseId: { in: [...desk] } })
  if (kind !== null) and.push({ kind })
  if (person !== null) and.push({ OR: [{ actorId: person }, { subjectId: person }] })
  if (course !== null) and.push({ courseId: course })
  if (from !== null) and.push({ at: { gte: new Date(from) } })
  if (to !== null) and.push({ at: { lt: new Date(to) } })
  return auditPage(db, { AND: and }, query.get('before'))
}

const MOST_NAMESAKES = 500

/** Events of people whose name or address has these words. */
async function byName(tx: Transaction, search: string): Promise<Prisma.AuditEventWhereInput> {
  if (search === '') return {}
  const contains = { contains: search, mode: 'insensitive' as const }
  const people = await tx.account.findMany({
    where: { OR: [{ name: contains }, { email: contains }] },
    select: { id: true },
    take: MOST_NAMESAKES,
  })
  const ids = people.map(({ id }) => id)
  return { OR: [{ actorId: { in: ids } }, { subjectId: { in: ids } }] }
}
