/** The people of the school, a page at a time: searched, filtered and sorted. Those erased are gone. */
import { ageGroup } from '../../_wire/age.ts'
import { PEOPLE_FILTERS, PEOPLE_SORTS } from '../../_wire/people.ts'
import type { Prisma } from '../../../prisma/generated/client.ts'
import type { Call } from '../core/handle.ts'
import { nextOf, offsetOf, orderOf, searchOf, wordOf } from '../core/paging.ts'

const PAGE = 50

const FILTERS: Readonly<Record<(typeof PEOPLE_FILTERS)[number], Prisma.AccountWhereInput>> = {
  all: {},
  teachers: { mayTeach: true },
  admins: { schoolAdmin: true },
  suspended: { suspendedAt: { not: null } },
}

export async function listPeople({ context, query }: Call<'people', 'school-admin'>) {
  const skip = offsetOf(query)
  const contains = { contains: searchOf(query), mode: 'insensitive' as const }
  const where: Prisma.AccountWhereInput = {
    erasedAt: null,
    ...FILTERS[wordOf(query, 'filter', PEOPLE_FILTERS)],
    ...(contains.contains === '' ? {} : { OR: [{ name: contains }, { email: contains }] }),
  }
  const sort = wordOf(query, 'sort', PEOPLE_SORTS)
  const [rows, total] = await Promise.all([
    context.db.account.findMany({
      where,
      orderBy: [{ [sort]: orderOf(query) }, { id: 'asc' }],
      skip,
      take: PAGE,
    }),
    context.db.account.count({ where }),
  ])
  return { people: rows.map(toSchoolPerson), total, next: nextOf(skip, rows.length, total) }
}

interface PersonRow {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly schoolAdmin: boolean
  readonly mayTeach: boolean
  readonly suspendedAt: Date | null
  readonly ageGroup: string
  readonly createdAt: Date
}

/** A person as the admins' pages show one. */
export function toSchoolPerson(row: PersonRow) {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    schoolAdmin: row.schoolAdmin,
    mayTeach: row.mayTeach,
    suspended: row.suspendedAt !== null,
    ageGroup: ageGroup.parse(row.ageGroup),
    createdAt: row.createdAt.getTime(),
  }
}
