/**
 * Sealed records that no teacher's vault has acknowledged: students leave them here unchanged, the
 * next teacher's vault takes them in and says so. Capped for each student, gone after 30 days.
 */
import { fromB64u, sha256, toB64u } from '../core/bytes.ts'
import { locked } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { requireClassRole } from './class-access.ts'
import { holdClass } from './hold-class.ts'

/** Of one student in one class: twelve hours at an interval of 90 s, or 40 minutes at 5 s. */
export const MOST_LATE_RECORDS = 480
const PAGE = 1000

export async function sendLateRecords(call: Call<'sendLateRecords', 'account'>) {
  const { context, body, caller, parameters } = call
  const accountId = caller.account.id
  const stored = await locked(context.db, async (tx) => {
    await holdClass(tx, parameters.id)
    const { row } = await requireClassRole(tx, parameters.id, caller, ['student'])
    if (row.key === null) throw new Refusal('readings-off')
    if (row.expiredAt !== null) throw new Refusal('readings-expired')
    // Erased stays erased: what a device sends again of such a class is dropped.
    const erased = await tx.tombstone.findFirst({
      where: { courseId: row.courseId, accountId, at: { gte: row.startedAt } },
      select: { id: true },
    })
    if (erased !== null) return 0
    const records = new Map(body.records.map((text) => [text, fromB64u(text)]))
    const { count } = await tx.lateRecord.createMany({
      data: [...records.values()].map((record) => ({
        classId: row.id,
        hash: sha256(record),
        accountId,
        record,
        storedAt: new Date(context.clock.now()),
      })),
      skipDuplicates: true,
    })
    const kept = await tx.lateRecord.count({ where: { classId: row.id, accountId } })
    if (kept > MOST_LATE_RECORDS) throw new Refusal('late-records-full')
    return count
  })
  return { stored }
}

export async function listLateRecords(call: Call<'lateRecords', 'account'>) {
  const { context, caller, parameters } = call
  const { row } = await requireClassRole(context.db, parameters.id, caller, ['teacher'])
  const rows = await context.db.lateRecord.findMany({
    where: { classId: row.id },
    orderBy: [{ storedAt: 'asc' }, { hash: 'asc' }],
    take: PAGE,
  })
  return { records: rows.map(({ hash, record }) => ({ id: toB64u(hash), record: toB64u(record) })) }
}

export async function dropLateRecords(call: Call<'dropLateRecords', 'account'>) {
  const { context, body, caller, parameters } = call
  const { row } = await requireClassRole(context.db, parameters.id, caller, ['teacher'])
  await context.db.lateRecord.deleteMany({
    where: { classId: row.id, hash: { in: body.ids.map(fromB64u) } },
  })
  return {}
}
