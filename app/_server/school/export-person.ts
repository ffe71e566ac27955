/**
 * Everything that the server holds about a person, for an admin to hand to that person: the same as the person's own
 * export. Each is audited, and the person sees that it happened.
 */
import { accountId } from '../../_wire/primitives.ts'
import { heldRecords } from '../accounts/held-records.ts'
import { recordAudit } from '../core/audit.ts'
import type { Call } from '../core/handle.ts'
import { requirePerson } from './read-person.ts'

export async function exportPerson(call: Call<'exportPerson', 'school-admin'>) {
  const { context, caller, parameters } = call
  const { db } = context
  const id = accountId.parse(parameters.id)
  await requirePerson(db, id)
  const held = await heldRecords(db, id)
  await recordAudit(context, db, {
    kind: 'person-exported',
    actorId: caller.account.id,
    subjectId: id,
  })
  return { exportedAt: context.clock.now(), ...held }
}
