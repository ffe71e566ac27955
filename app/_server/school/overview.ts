/** Numbers of the school over half a year, a week at a time, and as they are now. Counts alone. */
import type { Call } from '../core/handle.ts'
import { openAt } from './invitations.ts'

const WEEKS = 26
const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS
/** 1970 began on a Thursday: the first Monday is four days later. */
const MONDAY_MS = 4 * DAY_MS

interface WeekRow {
  readonly start: Date
  readonly classes: number
  readonly people: number
  readonly cases: number
}

export async function readOverview({ context }: Call<'overview', 'school-admin'>) {
  const { db, clock } = context
  const now = clock.now()
  const monday = Math.floor((now - MONDAY_MS) / WEEK_MS) * WEEK_MS + MONDAY_MS
  const first = new Date(monday - (WEEKS - 1) * WEEK_MS)
  const [weeks, people, teachers, courses, liveClasses, openInvitations] = await Promise.all([
    db.$queryRaw<WeekRow[]>`
      SELECT w."start",
        (SELECT count(*)::int FROM "Class" c
          WHERE c."startedAt" >= w."start" AND c."startedAt" < w."start" + interval '7 days'
        ) AS "classes",
        (SELECT count(*)::int FROM "Account" a WHERE a."createdAt" < w."start" + interval '7 days'
          AND (a."erasedAt" IS NULL OR a."erasedAt" >= w."start" + interval '7 days')
        ) AS "people",
        (SELECT count(*)::int FROM "SupportCase" s
          WHERE s."createdAt" >= w."start" AND s."createdAt" < w."start" + interval '7 days'
        ) AS "cases"
      FROM (SELECT ${first}::timestamptz + n * interval '7 days' AS "start"
        FROM generate_series(0, ${WEEKS - 1}) AS n) w ORDER BY w."start"`,
    db.account.count({ where: { erasedAt: null } }),
    db.account.count({ where: { erasedAt: null, mayTeach: true } }),
    db.course.count(),
    db.class.count({ where: { liveCourseId: { not: null } } }),
    db.invitation.count({ where: openAt(now) }),
  ])
  return {
    weeks: weeks.map((week) => ({ ...week, start: week.start.getTime() })),
    now: { people, teachers, courses, liveClasses, openInvitations },
  }
}
