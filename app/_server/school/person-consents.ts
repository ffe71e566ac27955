/**
 * What a person has answered to consent texts, for a school admin who has to show it. Each look is an event that the
 * person sees; it is written before anything is answered.
 */
import { accountId } from '../../_wire/primitives.ts'
import { recordAudit } from '../core/audit.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { consentsOf } from '../accounts/own-consents.ts'

export async function personConsents(call: Call<'personConsents', 'school-admin'>) {
  const { context, caller, parameters } = call
  const id = accountId.parse(parameters.id)
  const person = await context.db.account.findUnique({ where: { id } })
  if (person === null) throw new Refusal('account-not-found')
  await recordAudit(context, context.db, {
    kind: 'consents-viewed',
    actorId: caller.account.id,
    subjectId: id,
  })
  return { person: { id, name: person.name }, consents: await consentsOf(context.db, id) }
}
