/**
 * One-time codes by which a person who has lost password and recovery code begins anew. A code is shown once to the
 * admin who issues it, lives for an hour, and is kept as a keyed hash.
 */
import { accountId } from '../../_wire/primitives.ts'
import { recordAudit } from '../core/audit.ts'
import { keyedHash, sameBytes } from '../core/bytes.ts'
import type { ServerContext } from '../core/context.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { attemptSecret } from '../core/limits.ts'
import { Refusal } from '../core/refusal.ts'

const RESET_LIFE_MS = 3_600_000
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CHARACTERS = 15

export async function issueReset(call: Call<'issueReset', 'school-admin'>) {
  const { context, caller, parameters } = call
  const id = accountId.parse(parameters.id)
  const code = [...context.random.bytes(CHARACTERS)]
    .map((byte) => ALPHABET.charAt(byte & 31))
    .join('')
  const expiresAt = context.clock.now() + RESET_LIFE_MS
  await serializable(context.db, async (tx) => {
    if ((await tx.account.count({ where: { id } })) === 0) throw new Refusal('account-not-found')
    const row = {
      codeHash: hashOf(context, id, code),
      issuedById: caller.account.id,
      expiresAt: new Date(expiresAt),
    }
    await tx.resetCode.upsert({
      where: { accountId: id },
      create: { accountId: id, ...row },
      update: row,
    })
    await recordAudit(context, tx, {
      kind: 'reset-issued',
      actorId: caller.account.id,
      subjectId: id,
    })
  })
  return { code: (code.match(/.{5}/g) ?? []).join('-'), expiresAt }
}

/**
 * The account that address and code open; attempts count as those at its password do.
 * @throws Refusal `reset-code-wrong`, `sign-in-delayed`, `account-suspended`
 */
export async function checkResetCode(context: ServerContext, email: string, code: string) {
  const attempt = await attemptSecret(context, email)
  const account = await context.db.account.findUnique({
    where: { email },
    include: { resetCode: true },
  })
  const kept = account?.resetCode ?? null
  const fits =
    account !== null &&
    kept !== null &&
    kept.expiresAt.getTime() > context.clock.now() &&
    sameBytes(kept.codeHash, hashOf(context, account.id, code))
  if (!fits) throw new Refusal('reset-code-wrong')
  await attempt.succeeded()
  if (account.suspendedAt !== null) throw new Refusal('account-suspended')
  return { ...account, resetCode: kept }
}

function hashOf(context: ServerContext, id: string, code: string) {
  return keyedHash(context.secrets.auth, 'attune/reset-code', id, code)
}
