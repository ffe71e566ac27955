/** Who is signed in here, this session's share, and what a page needs before anyone is. */
import type { Call } from '../core/handle.ts'
import { prolong, sessionCookie, sessionShare } from '../core/sessions.ts'
import { coursesAdministered } from '../school/desk-courses.ts'
import { currentPolicy } from '../school/policy.ts'

export async function readSession(call: Call<'session', 'anyone'>) {
  const { context, caller, client } = call
  const [policy, someone, administered] = await Promise.all([
    currentPolicy(context.db),
    context.db.account.findFirst({ select: { id: true } }),
    caller === null ? [] : coursesAdministered(context.db, caller.account.id),
  ])
  if (caller !== null) {
    const session = await prolong(context, caller.session)
    if (session !== caller.session) call.reply.cookies.push(sessionCookie(context, session))
  }
  const firstAccount = someone === null
  return {
    account: caller?.account ?? null,
    share: caller === null ? null : sessionShare(context, caller.session),
    signUp: {
      firstAccount,
      setUpCodeNeeded: firstAccount && !client.local,
      open: firstAccount || policy.openSignUp,
    },
    publicUrl: context.publicUrl,
    courseAdmin: administered.length > 0,
    policy: { expressionAnalysis: policy.expressionAnalysis === 'on' },
  }
}
