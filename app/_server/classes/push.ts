/**
 * Tells the media server what changed for a live class. Sent after the change is committed; a command
 * that does not arrive changes nothing that the next ticket would not.
 */
import type { ServerContext } from '../core/context.ts'
import { loadClass, readingsOf } from './class-access.ts'

/** Members are told to load their readings settings anew. */
export async function pushReadings(context: ServerContext, courseId: string): Promise<void> {
  const live = await context.db.class.findUnique({ where: { liveCourseId: courseId } })
  if (live === null) return
  const { mode, intervalSeconds } = await readingsOf(
    context.db,
    await loadClass(context.db, live.id),
  )
  await context.sfu.command({
    cmd: 'readings',
    cls: live.id,
    readings: mode,
    interval: intervalSeconds,
  })
}

/**
 * Ends a person's memberships in the live class of a course.
 *
 * @param why `role` where the person may enter again at once, in another role
 */
export async function revokeInCourse(
  context: ServerContext,
  courseId: string,
  accountId: string,
  why: 'access' | 'role' = 'access',
): Promise<void> {
  const live = await context.db.class.findUnique({ where: { liveCourseId: courseId } })
  if (live === null) return
  await context.sfu.command({ cmd: 'revoke', cls: live.id, sub: accountId, why })
}

/** Ends a person's memberships in every live class. */
export async function revokeEverywhere(context: ServerContext, accountId: string): Promise<void> {
  const live = await context.db.class.findMany({
    where: { liveCourseId: { not: null }, course: { enrolments: { some: { accountId } } } },
    select: { id: true },
  })
  await Promise.all(
    live.map(({ id }) => context.sfu.command({ cmd: 'revoke', cls: id, sub: accountId })),
  )
}
