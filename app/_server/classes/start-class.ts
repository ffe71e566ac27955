/** Starts the class of a course; while one runs, it is that one for every teacher. */
import { isTaken, locked } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { requireRole } from '../courses/membership.ts'
import { holdCourse } from './hold-class.ts'

export async function startClass(call: Call<'startClass', 'account'>) {
  const { context, caller, parameters } = call
  const courseId = parameters.id
  await requireRole(context.db, courseId, caller.account.id, ['teacher'])
  const live = { where: { liveCourseId: courseId } }
  const row =
    (await context.db.class.findUnique(live)) ??
    (await create(call, courseId)) ??
    (await context.db.class.findUniqueOrThrow(live))
  return { id: row.id, startedAt: row.startedAt.getTime() }
}

/** Null where another teacher was faster. */
async function create(call: Call<'startClass', 'account'>, courseId: string) {
  const { context, caller } = call
  try {
    return await locked(context.db, async (tx) => {
      await holdCourse(tx, courseId)
      return tx.class.create({
        data: {
          id: context.random.uuid(),
          courseId,
          liveCourseId: courseId,
          startedById: caller.account.id,
          // After an erasure that this waited for, so that its tombstone is not of this class.
          startedAt: new Date(context.clock.now()),
        },
      })
    })
  } catch (error) {
    if (isTaken(error)) return null
    throw error
  }
}
