/**
 * Sets a new password: its secret and its wrap of the same account key, in one transaction. All other
 * sessions end; this one goes on under a new token.
 */
import { recordAudit } from '../core/audit.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { sessionCookie, sessionShare, startSession } from '../core/sessions.ts'
import { checkSecret } from './check-secret.ts'
import { hashSecret } from './secret-hash.ts'
import { toWayIn } from './ways-in.ts'

export async function changePassword(call: Call<'changePassword', 'account'>) {
  const { context, body, caller } = call
  const { id, email } = caller.account
  await checkSecret(context, email, body.proof.kind, body.proof.secret)
  const secretHash = await hashSecret(context.random, body.passwordSecret)
  const session = await serializable(context.db, async (tx) => {
    await tx.wayIn.update({
      where: { accountId_kind: { accountId: id, kind: 'password' } },
      data: toWayIn(body.passwordWrap, secretHash),
    })
    await tx.session.deleteMany({ where: { accountId: id } })
    await recordAudit(context, tx, { kind: 'password-changed', actorId: id, subjectId: id })
    return startSession(context, tx, id, call.client.device)
  })
  call.reply.cookies.push(sessionCookie(context, session))
  return { share: sessionShare(context, session) }
}
