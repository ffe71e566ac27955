/**
 * Deletes what has had its time: sessions, counters, late records, invitations, old lines of the audit
 * trail, submitted results, and classes' readings by retention.
 */
import type { ServerContext } from '../core/context.ts'
import { FAILURE_MEMORY_MS } from '../core/limits.ts'
import { resultLifeMs } from '../results/result-life.ts'
import { currentRetention } from '../school/retention.ts'
import { NOTICE_LIFE_MS } from '../support/read-own-notices.ts'

const DAY_MS = 86_400_000
const LATE_RECORD_LIFE_MS = 30 * DAY_MS
/** How long the list of invitations remembers those that are over. */
const INVITATION_MEMORY_MS = 365 * DAY_MS

export async function sweep(context: ServerContext): Promise<void> {
  const now = context.clock.now()
  const { db } = context
  await db.session.deleteMany({ where: { expiresAt: { lte: new Date(now) } } })
  const forgotten = new Date(now - FAILURE_MEMORY_MS)
  await db.attempts.deleteMany({
    where: { windowStart: { lt: forgotten }, blockedUntil: { lt: new Date(now) } },
  })
  await db.lateRecord.deleteMany({
    where: { storedAt: { lt: new Date(now - LATE_RECORD_LIFE_MS) } },
  })
  const { readingsMaxDays, auditDays } = await currentRetention(db)
  await db.auditEvent.deleteMany({ where: { at: { lt: new Date(now - auditDays * DAY_MS) } } })
  const stale = new Date(now - INVITATION_MEMORY_MS)
  await db.invitation.deleteMany({ where: { expiresAt: { lt: stale } } })
  await db.courseInvitation.deleteMany({ where: { invitedAt: { lt: stale } } })
  await db.result.deleteMany({
    where: { sentAt: { lt: new Date(now - resultLifeMs(readingsMaxDays)) } },
  })
  await retain(context, readingsMaxDays)
  // A set's row stays, so that no second one is made; its boxes go.
  await db.notice.deleteMany({ where: { set: { madeAt: { lt: new Date(now - NOTICE_LIFE_MS) } } } })
}

/**
 * Each class counts from its own end, by the setting that its course has now.
 * @param maxDays the school's own limit
 */
async function retain(context: ServerContext, maxDays: number): Promise<void> {
  const { db } = context
  const now = new Date(context.clock.now())
  const over = await db.$queryRaw<{ id: string }[]>`
    SELECT c."id"::text AS "id" FROM "Class" c JOIN "Course" k ON k."id" = c."courseId"
    WHERE c."endedAt" < ${now}::timestamptz - make_interval(days => least(k."retentionDays", ${maxDays}::int))
      AND c."expiredAt" IS NULL
      AND EXISTS (SELECT 1 FROM "ClassKey" x WHERE x."classId" = c."id")`
  for (const { id: classId } of over) {
    // From then on web takes nothing of the class any more, and says why there is nothing.
    await db.$transaction([
      db.class.update({ where: { id: classId }, data: { expiredAt: now } }),
      db.chunk.deleteMany({ where: { classId } }),
      db.contentKey.deleteMany({ where: { classId } }),
      db.lateRecord.deleteMany({ where: { classId } }),
    ])
  }
}
