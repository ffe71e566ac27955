/** What the caller has out for review, newest first, and taking it back, which deletes it. */
import type { Call } from '../core/handle.ts'
import { recordAudit } from '../core/audit.ts'
import { Refusal } from '../core/refusal.ts'
import { currentRetention } from '../school/retention.ts'
import { resultLifeMs } from './result-life.ts'

export async function ownResults({ context, caller }: Call<'ownResults', 'account'>) {
  const { db } = context
  const life = resultLifeMs((await currentRetention(db)).readingsMaxDays)
  const rows = await db.result.findMany({
    where: { senderId: caller.account.id },
    orderBy: [{ sentAt: 'desc' }, { id: 'asc' }],
    select: {
      id: true,
      sentAt: true,
      openedAt: true,
      course: { select: { name: true } },
      keys: { select: { account: { select: { name: true } } } },
    },
  })
  return {
    results: rows.map(({ id, sentAt, openedAt, course, keys }) => ({
      id,
      sentAt: sentAt.getTime(),
      expiresAt: sentAt.getTime() + life,
      course: course?.name ?? null,
      recipients: keys.map(({ account }) => account.name),
      openedAt: openedAt?.getTime() ?? null,
    })),
  }
}

export async function withdrawResult(call: Call<'withdrawResult', 'account'>) {
  const { context, caller, parameters } = call
  const senderId = caller.account.id
  await context.db.$transaction(async (tx) => {
    const { count } = await tx.result.deleteMany({ where: { id: parameters.id, senderId } })
    if (count === 0) throw new Refusal('result-not-found')
    const act = { kind: 'result-withdrawn', actorId: senderId, subjectId: senderId } as const
    await recordAudit(context, tx, act)
  })
  return {}
}
