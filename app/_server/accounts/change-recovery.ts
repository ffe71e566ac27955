/** Puts a new recovery code in the place of the old one, for whoever proves the password. */
import { recordAudit } from '../core/audit.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { checkSecret } from './check-secret.ts'
import { hashSecret } from './secret-hash.ts'
import { toWayIn } from './ways-in.ts'

export async function changeRecovery(call: Call<'changeRecovery', 'account'>) {
  const { context, body, caller } = call
  const { id, email } = caller.account
  await checkSecret(context, email, body.proof.kind, body.proof.secret)
  const secretHash = await hashSecret(context.random, body.recoverySecret)
  await serializable(context.db, async (tx) => {
    await tx.wayIn.update({
      where: { accountId_kind: { accountId: id, kind: 'recovery' } },
      data: toWayIn(body.recoveryWrap, secretHash),
    })
    await recordAudit(context, tx, { kind: 'recovery-changed', actorId: id, subjectId: id })
  })
  return {}
}
