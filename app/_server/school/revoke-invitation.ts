/** Withdraws an invitation: its link opens nothing any more. */
import { recordAudit } from '../core/audit.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { openAt } from './invitations.ts'

export async function revokeInvitation(call: Call<'revokeInvitation', 'school-admin'>) {
  const { context, caller, parameters } = call
  await serializable(context.db, async (tx) => {
    const now = context.clock.now()
    const { count } = await tx.invitation.updateMany({
      where: { id: parameters.id, ...openAt(now) },
      data: { revokedAt: new Date(now) },
    })
    if (count === 0) throw new Refusal('invitation-not-found')
    await recordAudit(context, tx, { kind: 'invitation-revoked', actorId: caller.account.id })
  })
  return {}
}
