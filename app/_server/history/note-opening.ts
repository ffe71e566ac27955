/**
 * Writes down that a course admin was handed the sealed readings of a class, one line a student, so that
 * each of them sees it. It happens where the bytes leave, so that no page can leave it out; the pages of
 * one opening make one line.
 */
import { accountId } from '../../_wire/primitives.ts'
import type { LoadedClass } from '../classes/class-access.ts'
import { recordAudit, type AuditEvent } from '../core/audit.ts'
import type { ServerContext } from '../core/context.ts'
import { serializable } from '../core/database.ts'
import type { Caller } from '../core/sessions.ts'

/** Requests that are closer together are one opening. */
const ONE_OPENING_MS = 10 * 60_000

export async function noteOpening(
  context: ServerContext,
  caller: Caller,
  row: LoadedClass,
): Promise<void> {
  const actorId = caller.account.id
  const detail = { classStartedAt: row.startedAt.getTime() }
  await serializable(context.db, async (tx) => {
    const present = await tx.contentKey.findMany({
      where: { classId: row.id },
      distinct: ['accountId'],
      select: { accountId: true },
    })
    const noted = await tx.auditEvent.findMany({
      where: {
        kind: 'history-opened',
        actorId,
        courseId: row.courseId,
        at: { gt: new Date(context.clock.now() - ONE_OPENING_MS) },
        detail: { equals: detail },
      },
      select: { subjectId: true },
    })
    const known = new Set(noted.map(({ subjectId }) => subjectId))
    const events = present
      .filter((person) => !known.has(person.accountId))
      .map((person): AuditEvent => ({
        kind: 'history-opened',
        actorId,
        subjectId: accountId.parse(person.accountId),
        courseId: row.courseId,
        detail,
      }))
    if (events.length > 0) await recordAudit(context, tx, ...events)
  })
}
