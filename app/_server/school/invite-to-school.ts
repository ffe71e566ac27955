/** Invites one person, by a link that the admin hands over or, where SMTP is set, by e-mail. */
import { recordAudit } from '../core/audit.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { makeInvitation, sendInvitation } from './invitations.ts'

export async function inviteToSchool(call: Call<'inviteToSchool', 'school-admin'>) {
  const { context, body, caller } = call
  const { email = null, name, mayTeach, ageGroup, send } = body
  if (send && (email === null || context.mail === null)) throw new Refusal('email-not-configured')
  const actorId = caller.account.id
  const { id, token } = await serializable(context.db, async (tx) => {
    if (email !== null && (await tx.account.count({ where: { email } })) > 0) {
      throw new Refusal('email-taken')
    }
    await recordAudit(context, tx, { kind: 'person-invited', actorId, detail: { mayTeach } })
    return makeInvitation(context, tx, actorId, { email, name, mayTeach, ageGroup })
  })
  const sent = send && email !== null && (await sendInvitation(context, { id, email, token }))
  return { token, sent }
}
