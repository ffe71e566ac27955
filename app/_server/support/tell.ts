/**
 * Tells people of a case by e-mail that something changed, where the school has an SMTP server. The letter
 * says nothing of the case, of its state or of anybody in it. It is sent after the change, never before,
 * and a letter that does not go changes nothing.
 */
import type { ServerContext } from '../core/context.ts'
import { letterOf } from '../core/letters.ts'

/** Writes to these accounts. */
export async function tellByMail(
  context: ServerContext,
  accountIds: readonly string[],
): Promise<void> {
  const { mail } = context
  if (mail === null || accountIds.length === 0) return
  const people = await context.db.account.findMany({
    where: { id: { in: [...accountIds] }, suspendedAt: null },
    select: { email: true },
  })
  const letter = letterOf('supportNews', `${context.publicUrl}/support`)
  await Promise.all(people.map(({ email }) => mail.send({ to: email, ...letter })))
}

/** Everybody in a case but the one who changed it. */
export function othersIn(
  row: { readonly studentId: string; readonly helpers: readonly { readonly accountId: string }[] },
  actorId: string,
): string[] {
  const everyone = [row.studentId, ...row.helpers.map(({ accountId }) => accountId)]
  return everyone.filter((accountId) => accountId !== actorId)
}
