/** A class as its lobby shows it to whoever may enter. */
import type { Call } from '../core/handle.ts'
import { readingsOf, requireVisitor } from './class-access.ts'

export async function readClass(call: Call<'class', 'anyone'>) {
  const { context, caller, parameters } = call
  const { row, role, courseRole } = await requireVisitor(context.db, parameters.id, caller)
  const { mode, intervalSeconds } = await readingsOf(context.db, row)
  return {
    id: row.id,
    courseId: row.courseId,
    courseName: row.course.name,
    role,
    courseRole,
    startedAt: row.startedAt.getTime(),
    endedAt: row.endedAt?.getTime() ?? null,
    readings: role === 'guest' ? ('off' as const) : mode,
    intervalSeconds,
  }
}
