/** Ends the session that asks, and with it the share of the device's key. */
import type { Call } from '../core/handle.ts'
import { sessionCookie } from '../core/sessions.ts'

export async function signOut(call: Call<'signOut', 'anyone'>) {
  const { context, caller } = call
  if (caller !== null) {
    await context.db.session.deleteMany({ where: { tokenHash: caller.session.tokenHash } })
  }
  call.reply.cookies.push(sessionCookie(context, null))
  return {}
}
