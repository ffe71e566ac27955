/** An admin erases a person's account, by an address typed on purpose. */
import { accountId } from '../../_wire/primitives.ts'
import { coursesOfLastTeacher, eraseAccount } from '../accounts/erase-account.ts'
import { pushReadings, revokeEverywhere } from '../classes/push.ts'
import { recordAudit } from '../core/audit.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { requirePerson } from './read-person.ts'

export async function erasePerson(call: Call<'erasePerson', 'school-admin'>) {
  const { context, body, caller, parameters } = call
  const id = accountId.parse(parameters.id)
  const actorId = caller.account.id
  if (id === actorId) throw new Refusal('own-account')
  const courses = await serializable(context.db, async (tx) => {
    const person = await requirePerson(tx, id)
    if (person.email !== body.email) throw new Refusal('address-differs')
    if (!body.evenLastTeacher && (await coursesOfLastTeacher(tx, id)).length > 0) {
      throw new Refusal('still-last-teacher')
    }
    await recordAudit(context, tx, { kind: 'person-erased', actorId, subjectId: id })
    return eraseAccount(context, tx, id)
  })
  await revokeEverywhere(context, id)
  for (const courseId of courses) await pushReadings(context, courseId)
  return {}
}
