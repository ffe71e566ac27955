/**
 * Everything that the server holds about an account, for its own person. Sealed things come as they lie: the server
 * cannot open them. Hashes of secrets and wrapped keys stay out, since in another's hands they would help to get in.
 */
import { toB64u } from '../core/bytes.ts'
import type { Call } from '../core/handle.ts'
import { consentsOf } from './own-consents.ts'
import { sessionsOf } from './own-sessions.ts'

export async function exportOwn({ context, caller }: Call<'exportOwn', 'account'>) {
  const { db } = context
  const accountId = caller.account.id
  const [account, parts, boxes, late, erasures, events, sessions, consents] = await Promise.all([
    db.account.findUniqueOrThrow({
      where: { id: accountId },
      include: {
        waysIn: true,
        retiredKeys: true,
        keyChanges: { orderBy: { number: 'asc' } },
        enrolments: { include: { course: { select: { name: true } } } },
      },
    }),
    db.chunkPart.findMany({
      where: { accountId },
      include: { chunk: { select: { storedAt: true } } },
      orderBy: [{ classId: 'asc' }, { writer: 'asc' }, { number: 'asc' }],
    }),
    db.accountBox.findMany({ where: { accountId }, orderBy: { name: 'asc' } }),
    db.lateRecord.findMany({ where: { accountId }, orderBy: { storedAt: 'asc' } }),
    db.tombstone.findMany({ where: { accountId }, orderBy: { id: 'asc' } }),
    db.auditEvent.findMany({
      where: { OR: [{ subjectId: accountId }, { actorId: accountId }] },
      orderBy: { id: 'asc' },
    }),
    sessionsOf(context, caller),
    consentsOf(db, accountId),
  ])
  const pair = (row: { boxPublicKey: Uint8Array; signPublicKey: Uint8Array }) => ({
    box: toB64u(row.boxPublicKey),
    sign: toB64u(row.signPublicKey),
  })
  return {
    exportedAt: context.clock.now(),
    account: {
      id: account.id,
      name: account.name,
      email: account.email,
      schoolAdmin: account.schoolAdmin,
      mayTeach: account.mayTeach,
      ageGroup: account.ageGroup,
      suspended: account.suspendedAt !== null,
      createdAt: account.createdAt.getTime(),
      waysIn: account.waysIn.map(({ kind, algorithm, passes, memoryBytes }) => {
        return { kind, algorithm, passes, memoryBytes }
      }),
    },
    keys: [
      { ...pair(account), retiredAt: null },
      ...account.retiredKeys.map((row) => ({ ...pair(row), retiredAt: row.retiredAt.getTime() })),
      ...account.keyChanges.map(({ kind, signed, at }) => {
        return { change: kind, signed: toB64u(signed), at: at.getTime() }
      }),
    ],
    sessions,
    courses: account.enrolments.map((row) => ({
      courseId: row.courseId,
      name: row.course.name,
      role: row.role,
      enrolment: row.enrolment === null ? null : toB64u(row.enrolment),
      joinedAt: row.joinedAt.getTime(),
      removedAt: row.removedAt?.getTime() ?? null,
    })),
    consents,
    erasures: erasures.map(({ courseId, at }) => ({ courseId, at: at.getTime() })),
    sealedBoxes: boxes.map(({ name, changedAt, box }) => {
      return { name, changedAt: changedAt.getTime(), box: toB64u(box) }
    }),
    sealedReadings: parts.map(({ classId, writer, number, part, chunk }) => ({
      classId,
      writer: toB64u(writer),
      number,
      storedAt: chunk.storedAt.getTime(),
      part: toB64u(part),
    })),
    lateRecords: late.map(({ classId, storedAt, record }) => {
      return { classId, storedAt: storedAt.getTime(), record: toB64u(record) }
    }),
    events: events.map(({ at, kind, actorId, subjectId, courseId, detail }) => {
      return { at: at.getTime(), kind, actorId, subjectId, courseId, detail }
    }),
  }
}
