/** Changes what a person may do in the school. Who is suspended is out of every session and class at once. */
import { accountId } from '../../_wire/primitives.ts'
import { recordAudit } from '../core/audit.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { revokeEverywhere } from '../classes/push.ts'
import { requirePerson } from './read-person.ts'

export async function savePerson(call: Call<'savePerson', 'school-admin'>) {
  const { context, body, caller, parameters } = call
  const id = accountId.parse(parameters.id)
  const actorId = caller.account.id
  const { schoolAdmin, mayTeach, suspended, ageGroup } = body
  await serializable(context.db, async (tx) => {
    const person = await requirePerson(tx, id)
    await tx.account.update({
      where: { id },
      data: {
        schoolAdmin,
        mayTeach,
        suspendedAt: suspended ? (person.suspendedAt ?? new Date(context.clock.now())) : null,
        ...(ageGroup === undefined ? {} : { ageGroup }),
      },
    })
    const admins = await tx.account.count({ where: { schoolAdmin: true, suspendedAt: null } })
    if (admins === 0) throw new Refusal('last-school-admin')
    if (suspended) await tx.session.deleteMany({ where: { accountId: id } })
    const concerned = { actorId, subjectId: id }
    const changed =
      person.schoolAdmin !== schoolAdmin ||
      person.mayTeach !== mayTeach ||
      (person.suspendedAt !== null) !== suspended
    if (changed) {
      const detail = { schoolAdmin, mayTeach, suspended }
      await recordAudit(context, tx, { kind: 'person-changed', ...concerned, detail })
    }
    if (ageGroup !== undefined && ageGroup !== person.ageGroup) {
      await recordAudit(context, tx, { kind: 'age-group-set', ...concerned, detail: { ageGroup } })
    }
  })
  if (suspended) await revokeEverywhere(context, id)
  return {}
}
