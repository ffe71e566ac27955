/** Starts a session for whoever proves the password or the recovery code, and hands out the wrapped keys. */
import type { Call } from '../core/handle.ts'
import { limitAddress } from '../core/limits.ts'
import { sessionCookie, sessionShare, startSession, toOwnAccount } from '../core/sessions.ts'
import { checkSecret } from './check-secret.ts'
import { keysOf } from './ways-in.ts'

export async function signIn(call: Call<'signIn', 'anyone'>) {
  const { context, body, client, caller } = call
  await limitAddress(context, 'sign-in', client.address)
  const account = toOwnAccount(await checkSecret(context, body.email, body.kind, body.secret))
  const { session, keys } = await context.db.$transaction(async (tx) => {
    if (caller !== null) {
      await tx.session.deleteMany({ where: { tokenHash: caller.session.tokenHash } })
    }
    return {
      session: await startSession(context, tx, account.id, client.device),
      keys: await keysOf(tx, account.id),
    }
  })
  call.reply.cookies.push(sessionCookie(context, session))
  return { account, share: sessionShare(context, session), keys }
}
