/**
 * Gives a person another role in a course. Web checks that the caller may; whether anyone believes it
 * rests on the signed grant, which web cannot make.
 */
import { recordAudit } from '../core/audit.ts'
import { fromB64u } from '../core/bytes.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { pushReadings, revokeInCourse } from '../classes/push.ts'
import { endGrants, settleGeneration, storeKeyBox } from './change-holders.ts'
import { requireRole } from './membership.ts'

export async function setRole(call: Call<'setRole', 'account'>) {
  const { context, body, caller, parameters } = call
  const { id: courseId, accountId } = parameters
  const actorId = caller.account.id
  const grantId = context.random.uuid()
  const changed = await serializable(context.db, async (tx) => {
    await requireRole(tx, courseId, actorId, ['teacher'])
    if (accountId === actorId) throw new Refusal('own-role')
    const key = { courseId_accountId: { courseId, accountId } }
    const person = await tx.enrolment.findUnique({ where: key })
    if (person === null) throw new Refusal('not-enrolled')
    if (body.role === 'student' && person.enrolment === null) {
      throw new Refusal('enrolment-needed')
    }
    await endGrants(context, tx, courseId, accountId)
    if (body.role !== 'student') {
      if (body.grant === undefined) throw new Refusal('grant-needed')
      await tx.grant.create({
        data: {
          id: grantId,
          courseId,
          subjectId: accountId,
          granterId: actorId,
          role: body.role,
          signed: fromB64u(body.grant),
          grantedAt: new Date(context.clock.now()),
        },
      })
    }
    await tx.enrolment.update({ where: key, data: { role: body.role, removedAt: null } })
    if (body.keyBox !== undefined) await storeKeyBox(tx, courseId, accountId, body.keyBox)
    await settleGeneration(context, tx, courseId, actorId, body.generation)
    await recordAudit(context, tx, {
      kind: 'role-changed',
      actorId,
      subjectId: accountId,
      courseId,
      detail: { role: body.role },
    })
    return person.role !== body.role
  })
  if (changed) {
    await revokeInCourse(context, courseId, accountId, 'role')
    await pushReadings(context, courseId)
  }
  return {}
}
