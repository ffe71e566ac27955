/** Course keys that are sealed to the caller, so that a vault that renews its keys can seal them anew. */
import { toB64u } from '../core/bytes.ts'
import type { Call } from '../core/handle.ts'

export async function heldKeys({ context, caller }: Call<'heldKeys', 'account'>) {
  const rows = await context.db.generationBox.findMany({
    where: { accountId: caller.account.id },
    orderBy: [{ courseId: 'asc' }, { number: 'asc' }],
  })
  const courses = new Map<string, { generation: number; box: string }[]>()
  for (const { courseId, number, box } of rows) {
    const boxes = courses.get(courseId) ?? []
    courses.set(courseId, boxes)
    boxes.push({ generation: number, box: toB64u(box) })
  }
  return { courses: [...courses].map(([courseId, boxes]) => ({ courseId, boxes })) }
}
