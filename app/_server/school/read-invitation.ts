/** What an invitation shows to whoever has its link. */
import type { Call } from '../core/handle.ts'
import { limitAddress } from '../core/limits.ts'
import { Refusal } from '../core/refusal.ts'
import { findInvitation } from './invitations.ts'

export async function readInvitation(call: Call<'invitation', 'public'>) {
  const { context, parameters, client } = call
  await limitAddress(context, 'invite', client.address)
  const row = await findInvitation(context, context.db, parameters.token)
  if (row === null) throw new Refusal('invitation-not-found')
  return { name: row.name, email: row.email, expiresAt: row.expiresAt.getTime() }
}
