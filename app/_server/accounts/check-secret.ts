/**
 * Checks a sign-in secret, with the limits that hold for its account. Known and unknown addresses take
 * the same steps.
 */
import type { WrapKind } from '../../_wire/accounts.ts'
import type { ServerContext } from '../core/context.ts'
import { attemptSecret } from '../core/limits.ts'
import { Refusal } from '../core/refusal.ts'
import { matchesHash, NOBODYS_HASH } from './secret-hash.ts'

/**
 * The account that address and secret open.
 * @throws Refusal `wrong-credentials`, `sign-in-delayed`, `account-suspended`
 */
export async function checkSecret(
  context: ServerContext,
  email: string,
  kind: WrapKind,
  secret: string,
) {
  const attempt = await attemptSecret(context, email)
  const account = await context.db.account.findUnique({
    where: { email },
    include: { waysIn: { where: { kind } } },
  })
  const hash = account?.waysIn[0]?.secretHash ?? NOBODYS_HASH
  if (!(await matchesHash(secret, hash)) || account === null) throw new Refusal('wrong-credentials')
  await attempt.succeeded()
  if (account.suspendedAt !== null) throw new Refusal('account-suspended')
  return account
}
