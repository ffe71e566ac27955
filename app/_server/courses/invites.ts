/** Invite links: what an invitation shows before anyone joins, and a new link in place of the old one. */
import { recordAudit } from '../core/audit.ts'
import { fromB64u, toB64u } from '../core/bytes.ts'
import type { Transaction } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { limitAddress } from '../core/limits.ts'
import { Refusal } from '../core/refusal.ts'
import { requireRole, roleIn } from './membership.ts'

const TOKEN_BYTES = 16

/** @throws Refusal `invite-not-found` */
export async function courseOfInvite(tx: Transaction, token: string) {
  const course = await tx.course.findUnique({
    where: { inviteToken: fromB64u(token) },
    include: { creator: true },
  })
  if (course === null) throw new Refusal('invite-not-found')
  return course
}

export async function readInvite(call: Call<'invite', 'anyone'>) {
  const { context, caller, parameters, client } = call
  await limitAddress(context, 'invite', client.address)
  const course = await courseOfInvite(context.db, parameters.token)
  const root = await context.db.grant.findFirstOrThrow({
    where: { courseId: course.id, subjectId: course.creatorId, granterId: course.creatorId },
    orderBy: [{ grantedAt: 'asc' }, { id: 'asc' }],
  })
  const role = caller === null ? null : await roleIn(context.db, course.id, caller.account.id)
  return {
    courseId: course.id,
    courseName: course.name,
    teacherName: course.creator.name,
    rootGrant: toB64u(root.signed),
    rootKeys: {
      box: toB64u(course.creator.boxPublicKey),
      sign: toB64u(course.creator.signPublicKey),
    },
    enrolled: role !== null,
  }
}

export async function renewInvite(call: Call<'renewInvite', 'account'>) {
  const { context, caller, parameters } = call
  const inviteToken = context.random.bytes(TOKEN_BYTES)
  await context.db.$transaction(async (tx) => {
    const actorId = caller.account.id
    await requireRole(tx, parameters.id, actorId, ['teacher', 'course-admin'])
    await tx.course.update({ where: { id: parameters.id }, data: { inviteToken } })
    await recordAudit(context, tx, { kind: 'invite-renewed', actorId, courseId: parameters.id })
  })
  return { inviteToken: toB64u(inviteToken) }
}
