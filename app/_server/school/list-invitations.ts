/** The school's invitations, newest first, searched by name or address. */
import { ageGroup } from '../../_wire/age.ts'
import type { Call } from '../core/handle.ts'
import { nextOf, offsetOf, searchOf } from '../core/paging.ts'

const PAGE = 50

export async function listInvitations({ context, query }: Call<'invitations', 'school-admin'>) {
  const skip = offsetOf(query)
  const contains = { contains: searchOf(query), mode: 'insensitive' as const }
  const where = contains.contains === '' ? {} : { OR: [{ name: contains }, { email: contains }] }
  const [rows, total] = await Promise.all([
    context.db.invitation.findMany({
      where,
      orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
      skip,
      take: PAGE,
    }),
    context.db.invitation.count({ where }),
  ])
  const now = context.clock.now()
  return {
    invitations: rows.map((row) => ({
      id: row.id,
      name: row.name,
      email: row.email,
      mayTeach: row.mayTeach,
      ageGroup: ageGroup.parse(row.ageGroup),
      state: stateOf(row, now),
      createdAt: row.createdAt.getTime(),
      expiresAt: row.expiresAt.getTime(),
      sentAt: row.sentAt?.getTime() ?? null,
    })),
    mail: context.mail !== null,
    total,
    next: nextOf(skip, rows.length, total),
  }
}

function stateOf(
  row: { usedAt: Date | null; revokedAt: Date | null; expiresAt: Date },
  now: number,
): 'open' | 'used' | 'expired' | 'revoked' {
  if (row.usedAt !== null) return 'used'
  if (row.revokedAt !== null) return 'revoked'
  return row.expiresAt.getTime() <= now ? 'expired' : 'open'
}
