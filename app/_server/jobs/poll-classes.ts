/**
 * Learns from the media server which classes ended by themselves. A media server that says nothing
 * ends nothing; one that answers and does not know a class any more does, after a while.
 */
import type { ServerContext } from '../core/context.ts'
import { markEnded } from '../classes/end-class.ts'

const MINUTE_MS = 60_000
/** A class whose people were all gone this long is over. */
const GONE_MS = 15 * MINUTE_MS
/** A class that nobody ever entered is over after this. */
const UNENTERED_MS = 60 * MINUTE_MS

export async function pollClasses(context: ServerContext): Promise<void> {
  const answer = await context.sfu.classes()
  if (answer === null) return
  const now = context.clock.now()
  const told = new Map(answer.classes.map((row) => [row.id as string, row]))
  const live = await context.db.class.findMany({ where: { liveCourseId: { not: null } } })
  for (const row of live) {
    const known = told.get(row.id)
    if (known === undefined) {
      const last = row.lastSeenAt?.getTime()
      const over = last === undefined ? row.startedAt.getTime() + UNENTERED_MS : last + GONE_MS
      if (now >= over) await markEnded(context, row.id, last ?? now)
    } else if (known.endedAt !== null) {
      await markEnded(context, row.id, known.endedAt)
    } else {
      await context.db.class.update({ where: { id: row.id }, data: { lastSeenAt: new Date(now) } })
    }
  }
}
