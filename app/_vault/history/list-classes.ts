/** Lists the classes of a course that took readings, newest first, over as many pages as are wanted. */
import type { HistoryClass } from '../../_wire/history.ts'
import type { Http } from '../http.ts'

export interface ListOptions {
  readonly last?: number | undefined
  readonly before?: number | undefined
  readonly ended?: boolean | undefined
}

/** @returns at most `last` classes, and whether there are older ones */
export async function listClasses(
  http: Http,
  courseId: string,
  { last = Infinity, before = Infinity, ended = false }: ListOptions,
): Promise<{ classes: readonly HistoryClass[]; more: boolean }> {
  const wanted = new Map<string, HistoryClass>()
  let after: string | null = null
  do {
    const query: Record<string, string> = after === null ? {} : { after }
    const page = await http('courseHistory', { id: courseId }, null, { query })
    for (const row of page.classes) {
      if (row.startedAt < before && !(ended && row.endedAt === null)) wanted.set(row.id, row)
    }
    after = page.next
  } while (after !== null && wanted.size <= last)
  const all = [...wanted.values()]
  return { classes: all.slice(0, last), more: all.length > last }
}
