/** The devices on which an account is signed in, for its own person to see and to end. */
import { recordAudit } from '../core/audit.ts'
import { fromB64u, sameBytes, toB64u } from '../core/bytes.ts'
import type { ServerContext } from '../core/context.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { SESSION_LIFE_MS, type Caller } from '../core/sessions.ts'

/** Sessions that live, the newest first. */
async function sessionsOf(context: ServerContext, caller: Caller) {
  const rows = await context.db.session.findMany({
    where: { accountId: caller.account.id, expiresAt: { gt: new Date(context.clock.now()) } },
    orderBy: [{ createdAt: 'desc' }, { tokenHash: 'asc' }],
  })
  return rows.map((row) => ({
    // The hash of a token opens nothing.
    id: toB64u(row.tokenHash),
    device: row.device,
    startedAt: row.createdAt.getTime(),
    lastUsedAt: Math.max(row.createdAt.getTime(), row.expiresAt.getTime() - SESSION_LIFE_MS),
    current: sameBytes(row.tokenHash, caller.session.tokenHash),
  }))
}

export async function ownSessions({ context, caller }: Call<'ownSessions', 'account'>) {
  return { sessions: await sessionsOf(context, caller) }
}

export async function endOtherSessions({ context, caller }: Call<'endOtherSessions', 'account'>) {
  const accountId = caller.account.id
  await serializable(context.db, async (tx) => {
    const { count } = await tx.session.deleteMany({
      where: { accountId, tokenHash: { not: caller.session.tokenHash } },
    })
    if (count === 0) return
    await recordAudit(context, tx, {
      kind: 'session-ended',
      actorId: accountId,
      subjectId: accountId,
    })
  })
  return {}
}

export async function endSession({ context, caller, parameters }: Call<'endSession', 'account'>) {
  const accountId = caller.account.id
  await serializable(context.db, async (tx) => {
    const { count } = await tx.session.deleteMany({
      where: { accountId, tokenHash: fromB64u(parameters.session) },
    })
    if (count === 0) throw new Refusal('session-not-found')
    await recordAudit(context, tx, {
      kind: 'session-ended',
      actorId: accountId,
      subjectId: accountId,
    })
  })
  return {}
}
