/** The people of the school, a page at a time, by name or address. */
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'

const PAGE = 100

export async function listPeople(call: Call<'people', 'school-admin'>) {
  const { context, query } = call
  const skip = parseOffset(query.get('after'))
  const search = (query.get('search') ?? '').trim().slice(0, 100)
  const contains = { contains: search, mode: 'insensitive' as const }
  const where = search === '' ? {} : { OR: [{ name: contains }, { email: contains }] }
  const [rows, total] = await Promise.all([
    context.db.account.findMany({
      where,
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      skip,
      take: PAGE,
    }),
    context.db.account.count({ where }),
  ])
  return {
    people: rows.map((row) => ({
      id: row.id,
      name: row.name,
      email: row.email,
      schoolAdmin: row.schoolAdmin,
      mayTeach: row.mayTeach,
      suspended: row.suspendedAt !== null,
      createdAt: row.createdAt.getTime(),
    })),
    total,
    next: skip + rows.length < total ? String(skip + rows.length) : null,
  }
}

function parseOffset(text: string | null): number {
  if (text === null) return 0
  if (!/^\d{1,7}$/.test(text)) throw new Refusal('bad-request')
  return Number(text)
}
