/** Takes a sealed result for its recipients, who must all be admins of the place that it is sent to. */
import { RESULTS_AT_ONCE } from '../../_wire/results.ts'
import { recordAudit } from '../core/audit.ts'
import { fromB64u } from '../core/bytes.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { recipientsOf } from './recipients.ts'

export async function submitResult({ context, caller, body }: Call<'submitResult', 'account'>) {
  const senderId = caller.account.id
  const { id, courseId } = body
  await serializable(context.db, async (tx) => {
    const allowed = new Set((await recipientsOf(tx, courseId, senderId)).map((one) => one.id))
    const named = new Set<string>(body.keys.map((one) => one.accountId))
    if (named.size !== body.keys.length) throw new Refusal('bad-request')
    if ([...named].some((one) => !allowed.has(one))) throw new Refusal('recipients-changed')
    if ((await tx.result.findUnique({ where: { id } })) !== null) throw new Refusal('result-exists')
    if ((await tx.result.count({ where: { senderId } })) >= RESULTS_AT_ONCE) {
      throw new Refusal('results-full')
    }
    await tx.result.create({
      data: {
        id,
        senderId,
        courseId,
        box: fromB64u(body.box),
        sentAt: new Date(context.clock.now()),
        keys: {
          create: body.keys.map(({ accountId, key }) => ({ accountId, key: fromB64u(key) })),
        },
      },
    })
    await recordAudit(context, tx, {
      kind: 'result-submitted',
      actorId: senderId,
      subjectId: senderId,
      ...(courseId === null ? {} : { courseId }),
    })
  })
  return {}
}
