/**
 * Everything that the server holds about a person, for an admin to hand to that person: rows as they
 * are, sealed bytes in base64url. Left out is what would open the account: secrets' hashes and sessions'
 * tokens. Each export is audited, and the person sees that it happened.
 */
import { accountId } from '../../_wire/primitives.ts'
import { recordAudit } from '../core/audit.ts'
import { toB64u } from '../core/bytes.ts'
import type { Call } from '../core/handle.ts'
import { requirePerson } from './read-person.ts'

type Plain = Record<string, unknown>

export async function exportPerson(call: Call<'exportPerson', 'school-admin'>) {
  const { context, caller, parameters } = call
  const { db } = context
  const id = accountId.parse(parameters.id)
  const account = await requirePerson(db, id)
  const own = { where: { accountId: id } }
  const records: Record<string, Promise<readonly object[]>> = {
    waysIn: db.wayIn.findMany({
      ...own,
      select: {
        kind: true,
        algorithm: true,
        passes: true,
        memoryBytes: true,
        salt: true,
        box: true,
      },
    }),
    sessions: db.session.findMany({ ...own, select: { createdAt: true, expiresAt: true } }),
    retiredKeys: db.retiredKeys.findMany(own),
    keyChanges: db.keyChange.findMany(own),
    boxes: db.accountBox.findMany(own),
    enrolments: db.enrolment.findMany({ ...own, include: { course: { select: { name: true } } } }),
    grants: db.grant.findMany({ where: { OR: [{ subjectId: id }, { granterId: id }] } }),
    consents: db.consent.findMany(own),
    parts: db.chunkPart.findMany(own),
    contentKeys: db.contentKey.findMany({
      ...own,
      select: { classId: true, writer: true, forStudent: true },
    }),
    lateRecords: db.lateRecord.findMany(own),
    tombstones: db.tombstone.findMany(own),
    courseInvitations: db.courseInvitation.findMany({ where: { email: account.email } }),
    auditTrail: db.auditEvent.findMany({ where: { OR: [{ subjectId: id }, { actorId: id }] } }),
  }
  const found: Record<string, Plain[]> = {}
  for (const [name, rows] of Object.entries(records)) found[name] = (await rows).map(toPlain)
  await recordAudit(context, db, {
    kind: 'person-exported',
    actorId: caller.account.id,
    subjectId: id,
  })
  return { exportedAt: context.clock.now(), account: toPlain(account), records: found }
}

/** A row with bytes, times and large numbers as text. */
function toPlain(row: object): Plain {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]): [string, unknown] => [name, plainValue(value)]),
  )
}

function plainValue(value: unknown): unknown {
  if (value instanceof Uint8Array) return toB64u(value)
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'bigint') return String(value)
  return value
}
