/**
 * Courses as the desk shows them: all of them to school admins, to course admins those that they are
 * admin of, and to nobody else any.
 */
import { COURSE_SORTS } from '../../_wire/desk.ts'
import type { Prisma } from '../../../prisma/generated/client.ts'
import type { Transaction } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { nextOf, offsetOf, orderOf, searchOf, wordOf } from '../core/paging.ts'
import { Refusal } from '../core/refusal.ts'
import type { Caller } from '../core/sessions.ts'
import { roleIn, settingsOf } from '../courses/membership.ts'

const PAGE = 50

/** The courses that someone is admin of. */
export async function coursesAdministered(tx: Transaction, accountId: string): Promise<string[]> {
  const rows = await tx.enrolment.findMany({
    where: { accountId, role: 'course-admin', removedAt: null },
    select: { courseId: true },
  })
  return rows.map(({ courseId }) => courseId)
}

/**
 * Which courses the caller's desk is about: null for all of them.
 * @throws Refusal `not-permitted` for whoever is admin of nothing
 */
export async function deskOf(tx: Transaction, caller: Caller): Promise<readonly string[] | null> {
  if (caller.account.schoolAdmin) return null
  const courses = await coursesAdministered(tx, caller.account.id)
  if (courses.length === 0) throw new Refusal('not-permitted')
  return courses
}

const withCounts = {
  enrolments: {
    where: { role: 'teacher', removedAt: null },
    orderBy: { joinedAt: 'asc' },
    select: { account: { select: { name: true } } },
  },
  classes: {
    orderBy: { startedAt: 'desc' },
    take: 1,
    select: { startedAt: true, liveCourseId: true },
  },
  _count: { select: { enrolments: { where: { removedAt: null } }, classes: true } },
} as const satisfies Prisma.CourseInclude

export async function listDeskCourses({ context, caller, query }: Call<'deskCourses', 'account'>) {
  const { db } = context
  const ids = await deskOf(db, caller)
  const skip = offsetOf(query)
  const search = searchOf(query)
  const where: Prisma.CourseWhereInput = {
    ...(ids === null ? {} : { id: { in: [...ids] } }),
    ...(search === '' ? {} : { name: { contains: search, mode: 'insensitive' } }),
  }
  const total = await db.course.count({ where })
  const sorted = await sortedIds(db, where, wordOf(query, 'sort', COURSE_SORTS), orderOf(query))
  const page = sorted.slice(skip, skip + PAGE)
  const rows = await db.course.findMany({ where: { id: { in: page } }, include: withCounts })
  const byId = new Map(rows.map((row) => [row.id, row]))
  return {
    courses: page.flatMap((id) => {
      const row = byId.get(id)
      return row === undefined ? [] : [toDeskCourse(row)]
    }),
    total,
    next: nextOf(skip, page.length, total),
  }
}

/** Ids in the order asked for: numbers of people and last classes are not columns of their own. */
async function sortedIds(
  tx: Transaction,
  where: Prisma.CourseWhereInput,
  sort: (typeof COURSE_SORTS)[number],
  order: 'asc' | 'desc',
): Promise<string[]> {
  const byColumn: Prisma.CourseOrderByWithRelationInput =
    sort === 'people'
      ? { enrolments: { _count: order } }
      : sort === 'lastClass'
        ? { name: order }
        : { [sort]: order }
  const rows = await tx.course.findMany({
    where,
    orderBy: [byColumn, { id: 'asc' }],
    select: {
      id: true,
      classes: { orderBy: { startedAt: 'desc' }, take: 1, select: { startedAt: true } },
    },
  })
  if (sort === 'lastClass') {
    const last = (row: (typeof rows)[number]): number => row.classes[0]?.startedAt.getTime() ?? 0
    rows.sort((a, b) => (order === 'asc' ? last(a) - last(b) : last(b) - last(a)))
  }
  return rows.map(({ id }) => id)
}

type CourseRow = Prisma.CourseGetPayload<{ include: typeof withCounts }>

function toDeskCourse(row: CourseRow) {
  const { readings, historyPolicy, support, retentionDays } = settingsOf(row)
  const newest = row.classes[0]
  return {
    id: row.id,
    name: row.name,
    teachers: row.enrolments.map(({ account }) => account.name),
    people: row._count.enrolments,
    classes: row._count.classes,
    lastClassAt: newest?.startedAt.getTime() ?? null,
    live: newest !== undefined && newest.liveCourseId !== null,
    readings,
    historyPolicy,
    support,
    retentionDays,
    createdAt: row.createdAt.getTime(),
  }
}

export async function readDeskCourse(call: Call<'deskCourse', 'account'>) {
  const { context, caller, parameters } = call
  const role = await roleIn(context.db, parameters.id, caller.account.id)
  if (!caller.account.schoolAdmin && role !== 'course-admin') {
    throw new Refusal(role === null ? 'course-not-found' : 'not-permitted')
  }
  const row = await context.db.course.findUnique({
    where: { id: parameters.id },
    include: withCounts,
  })
  if (row === null) throw new Refusal('course-not-found')
  return {
    ...toDeskCourse(row),
    settings: settingsOf(row),
    generationNeeded: row.generationNeeded,
    mayOpenHistory: role === 'course-admin' && row.historyPolicy === 'full-history',
  }
}
