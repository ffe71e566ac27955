/** Ends a class for all; ending it twice is as good as once. */
import type { ServerContext } from '../core/context.ts'
import type { Call } from '../core/handle.ts'
import { requireClassRole } from './class-access.ts'

export async function endClass(call: Call<'endClass', 'account'>) {
  const { context, caller, parameters } = call
  const { row } = await requireClassRole(context.db, parameters.id, caller, ['teacher'])
  await markEnded(context, row.id, context.clock.now())
  await context.sfu.command({ cmd: 'end-class', cls: row.id })
  return {}
}

/** Puts an end to a class that has none yet. */
export async function markEnded(
  context: ServerContext,
  classId: string,
  endedAt: number,
): Promise<void> {
  await context.db.class.updateMany({
    where: { id: classId, endedAt: null },
    data: { endedAt: new Date(endedAt), liveCourseId: null },
  })
}
