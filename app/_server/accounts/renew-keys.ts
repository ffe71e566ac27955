/**
 * Puts new keys of an account in the place of the present ones, by a word that the present ones signed, with the course
 * keys that the account holds sealed to the new. All other sessions end, since their vaults still hold the old keys.
 */
import { recordAudit } from '../core/audit.ts'
import { fromB64u, toB64u } from '../core/bytes.ts'
import { serializable, type Transaction } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { sessionCookie, sessionShare, startSession } from '../core/sessions.ts'
import { checkSecret } from './check-secret.ts'
import { replaceKeys } from './replace-keys.ts'
import { requireSignedChange } from './signed-change.ts'

export async function renewKeys(call: Call<'renewKeys', 'account'>) {
  const { context, body, caller, client } = call
  const { id, email } = caller.account
  await checkSecret(context, email, body.proof.kind, body.proof.secret)
  const session = await serializable(context.db, async (tx) => {
    const account = await tx.account.findUniqueOrThrow({ where: { id } })
    requireSignedChange('attune/key-change/1', body.keyChange, toB64u(account.signPublicKey))
    await requireNoClass(tx, id)
    await replaceKeys(context, tx, id, 'renewed', body)
    await storeBoxes(tx, id, body.boxes)
    await tx.session.deleteMany({ where: { accountId: id } })
    await recordAudit(context, tx, { kind: 'keys-renewed', actorId: id, subjectId: id })
    return startSession(context, tx, id, client.device)
  })
  call.reply.cookies.push(sessionCookie(context, session))
  return { share: sessionShare(context, session) }
}

/** In a class a class key, records and receipts carry the present keys: it is to end first. */
async function requireNoClass(tx: Transaction, accountId: string): Promise<void> {
  const running = await tx.class.count({
    where: {
      liveCourseId: { not: null },
      course: { enrolments: { some: { accountId, removedAt: null } } },
    },
  })
  if (running > 0) throw new Refusal('own-class-running')
}

/** Every course key that was sealed to this account, no more and no less. */
async function storeBoxes(
  tx: Transaction,
  accountId: string,
  boxes: readonly { courseId: string; generation: number; box: string }[],
): Promise<void> {
  const held = await tx.generationBox.findMany({
    where: { accountId },
    select: { courseId: true, number: true },
  })
  const sent = new Map(boxes.map((one) => [`${one.courseId}/${one.generation}`, one.box]))
  if (sent.size !== held.length) throw new Refusal('generation-outdated')
  for (const { courseId, number } of held) {
    const box = sent.get(`${courseId}/${number}`)
    if (box === undefined) throw new Refusal('generation-outdated')
    await tx.generationBox.update({
      where: { courseId_number_accountId: { courseId, number, accountId } },
      data: { box: fromB64u(box) },
    })
  }
}
