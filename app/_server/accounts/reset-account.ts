/**
 * Begins an account anew by a reset code: new keys, a new password, a new recovery code. Enrolments and roles stay; what
 * was sealed to the old keys stays sealed for good, and nobody takes the new ones for granted.
 */
import { accountId } from '../../_wire/primitives.ts'
import { recordAudit } from '../core/audit.ts'
import { serializable, type Transaction } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { limitAddress } from '../core/limits.ts'
import { Refusal } from '../core/refusal.ts'
import { sessionCookie, sessionShare, startSession, toOwnAccount } from '../core/sessions.ts'
import { pushReadings, revokeEverywhere } from '../classes/push.ts'
import { newestGeneration } from '../courses/generations.ts'
import { checkResetCode } from './reset-codes.ts'
import { replaceKeys } from './replace-keys.ts'
import { hashSecret } from './secret-hash.ts'
import { requireSignedChange } from './signed-change.ts'
import { keysOf, toWayIn } from './ways-in.ts'

export async function resetAccount(call: Call<'resetAccount', 'anyone'>) {
  const { context, body, client } = call
  await limitAddress(context, 'sign-in', client.address)
  const found = await checkResetCode(context, body.email, body.code)
  const id = accountId.parse(found.id)
  requireSignedChange('attune/key-reset/1', body.keyChange, body.publicKeys.sign)
  const [passwordHash, recoveryHash] = await Promise.all([
    hashSecret(context.random, body.passwordSecret),
    hashSecret(context.random, body.recoverySecret),
  ])
  const { session, courses, keys } = await serializable(context.db, async (tx) => {
    const { codeHash } = found.resetCode
    const used = await tx.resetCode.deleteMany({ where: { accountId: id, codeHash } })
    if (used.count === 0) throw new Refusal('reset-code-wrong')
    await replaceKeys(context, tx, id, 'reset', body)
    await tx.wayIn.deleteMany({ where: { accountId: id } })
    await tx.wayIn.createMany({
      data: [
        { accountId: id, ...toWayIn(body.passwordWrap, passwordHash) },
        { accountId: id, ...toWayIn(body.recoveryWrap, recoveryHash) },
      ],
    })
    // Nobody can open these any more, and the new vault must not take them for its own.
    await tx.accountBox.deleteMany({ where: { accountId: id } })
    await tx.session.deleteMany({ where: { accountId: id } })
    const courses = await dropCourseKeys(tx, id)
    await recordAudit(context, tx, { kind: 'account-reset', actorId: id, subjectId: id })
    return {
      session: await startSession(context, tx, id, client.device),
      keys: await keysOf(tx, id),
      courses,
    }
  })
  await revokeEverywhere(context, id)
  await Promise.all(courses.map((courseId) => pushReadings(context, courseId)))
  call.reply.cookies.push(sessionCookie(context, session))
  return { account: toOwnAccount(found), share: sessionShare(context, session), keys }
}

/** Course keys that were sealed to the old keys; a course that nobody can open then waits for a new generation. */
async function dropCourseKeys(tx: Transaction, accountId: string): Promise<readonly string[]> {
  const held = await tx.generationBox.findMany({
    where: { accountId },
    distinct: ['courseId'],
    select: { courseId: true },
  })
  await tx.generationBox.deleteMany({ where: { accountId } })
  for (const { courseId } of held) {
    const { number } = await newestGeneration(tx, courseId)
    if ((await tx.generationBox.count({ where: { courseId, number } })) > 0) continue
    await tx.course.update({ where: { id: courseId }, data: { generationNeeded: true } })
  }
  return held.map(({ courseId }) => courseId)
}
