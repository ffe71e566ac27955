/** Changes what a person may do in the school. Who is suspended is out of every session and class at once. */
import { accountId } from '../../_wire/primitives.ts'
import { recordAudit } from '../core/audit.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { revokeEverywhere } from '../classes/push.ts'

export async function savePerson(call: Call<'savePerson', 'school-admin'>) {
  const { context, body, caller, parameters } = call
  const id = accountId.parse(parameters.id)
  await serializable(context.db, async (tx) => {
    const person = await tx.account.findUnique({ where: { id } })
    if (person === null) throw new Refusal('account-not-found')
    await tx.account.update({
      where: { id },
      data: {
        schoolAdmin: body.schoolAdmin,
        mayTeach: body.mayTeach,
        suspendedAt: body.suspended ? (person.suspendedAt ?? new Date(context.clock.now())) : null,
      },
    })
    const admins = await tx.account.count({ where: { schoolAdmin: true, suspendedAt: null } })
    if (admins === 0) throw new Refusal('last-school-admin')
    if (body.suspended) await tx.session.deleteMany({ where: { accountId: id } })
    await recordAudit(context, tx, {
      kind: 'person-changed',
      actorId: caller.account.id,
      subjectId: id,
      detail: body,
    })
  })
  if (body.suspended) await revokeEverywhere(context, id)
  return {}
}
