/** The school's invitations, a page at a time: searched by name or address, filtered by state, sorted. */
import { ageGroup } from '../../_wire/age.ts'
import { INVITATION_FILTERS, INVITATION_SORTS } from '../../_wire/people.ts'
import type { Prisma } from '../../../prisma/generated/client.ts'
import type { Call } from '../core/handle.ts'
import { nextOf, offsetOf, orderOf, searchOf, wordOf } from '../core/paging.ts'
import { openAt } from './invitations.ts'

const PAGE = 50

export async function listInvitations({ context, query }: Call<'invitations', 'school-admin'>) {
  const skip = offsetOf(query)
  const now = context.clock.now()
  const contains = { contains: searchOf(query), mode: 'insensitive' as const }
  const where: Prisma.InvitationWhereInput = {
    ...inState(wordOf(query, 'state', INVITATION_FILTERS), now),
    ...(contains.contains === '' ? {} : { OR: [{ name: contains }, { email: contains }] }),
  }
  const sort = wordOf(query, 'sort', INVITATION_SORTS)
  const order = query.has('order') ? orderOf(query) : 'desc'
  const [rows, total] = await Promise.all([
    context.db.invitation.findMany({
      where,
      orderBy: [
        { [sort]: sort === 'sentAt' ? { sort: order, nulls: 'last' } : order },
        { id: 'asc' },
      ],
      skip,
      take: PAGE,
    }),
    context.db.invitation.count({ where }),
  ])
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

/** The rows that {@link stateOf} calls so. */
function inState(
  state: (typeof INVITATION_FILTERS)[number],
  now: number,
): Prisma.InvitationWhereInput {
  switch (state) {
    case 'any':
      return {}
    case 'open':
      return openAt(now)
    case 'used':
      return { usedAt: { not: null } }
    case 'revoked':
      return { usedAt: null, revokedAt: { not: null } }
    case 'expired':
      return { usedAt: null, revokedAt: null, expiresAt: { lte: new Date(now) } }
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
