/**
 * Erases what is kept of one student's readings in a course, at once and with no teacher: parts,
 * wrapped content keys, late records. The tombstone, signed by that student, stays.
 */
import { recordAudit } from '../core/audit.ts'
import { fromB64u } from '../core/bytes.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { holdClassesOf } from '../classes/hold-class.ts'
import { pushReadings } from '../classes/push.ts'

export async function eraseOwn(call: Call<'eraseOwn', 'account'>) {
  const { context, body, caller, parameters } = call
  const accountId = caller.account.id
  const courseId = parameters.id
  await serializable(context.db, async (tx) => {
    await holdClassesOf(tx, accountId, courseId)
    // Someone who was removed may erase too.
    const person = await tx.enrolment.findUnique({
      where: { courseId_accountId: { courseId, accountId } },
    })
    if (person === null) throw new Refusal('course-not-found')
    // A class that the tombstone does not name would lose parts that nothing excuses.
    const later = await tx.class.findFirst({
      where: {
        courseId,
        startedAt: { gt: new Date(body.upTo) },
        OR: [
          ...(person.removedAt === null ? [{ liveCourseId: courseId }] : []),
          { contentKeys: { some: { accountId } } },
          { lateRecords: { some: { accountId } } },
        ],
      },
      select: { id: true },
    })
    if (later !== null) throw new Refusal('erase-outdated')
    await tx.tombstone.create({
      data: {
        courseId,
        accountId,
        tombstone: fromB64u(body.tombstone),
        at: new Date(context.clock.now()),
      },
    })
    await tx.chunkPart.deleteMany({ where: { accountId, chunk: { class: { courseId } } } })
    await tx.contentKey.deleteMany({ where: { accountId, class: { courseId } } })
    await tx.lateRecord.deleteMany({ where: { accountId, class: { courseId } } })
    await recordAudit(context, tx, {
      kind: 'readings-erased',
      actorId: accountId,
      subjectId: accountId,
      courseId,
    })
  })
  // Vaults in the running class drop the copies that they have.
  await pushReadings(context, courseId)
  return {}
}
