/**
 * Grants, enrolments, public keys and generations of a course, for vaults to check. Sealed boxes go to
 * those that they are addressed to; consents are not part of it.
 */
import { courseRole } from '../../_wire/roles.ts'
import { KEY_CHANGES, keyChangesOf } from '../accounts/key-changes.ts'
import { toB64u } from '../core/bytes.ts'
import type { Call } from '../core/handle.ts'
import { requireRole } from './membership.ts'
import { toGenerationAnswer } from './generations.ts'

export async function readRoster(call: Call<'roster', 'account'>) {
  const { context, caller, parameters } = call
  const accountId = caller.account.id
  await requireRole(context.db, parameters.id, accountId)
  const course = await context.db.course.findUniqueOrThrow({
    where: { id: parameters.id },
    include: {
      enrolments: {
        orderBy: [{ joinedAt: 'asc' }, { accountId: 'asc' }],
        include: {
          account: {
            include: {
              retiredKeys: { orderBy: { retiredAt: 'desc' } },
              keyChanges: KEY_CHANGES,
            },
          },
        },
      },
      grants: { orderBy: [{ grantedAt: 'asc' }, { id: 'asc' }] },
      generations: {
        orderBy: { number: 'asc' },
        include: { boxes: { where: { accountId }, select: { box: true } } },
      },
      tombstones: { orderBy: { id: 'asc' } },
    },
  })
  return {
    courseId: course.id,
    people: course.enrolments.map((row) => ({
      accountId: row.accountId,
      name: row.account.name,
      role: courseRole.parse(row.role),
      publicKeys: keyPair(row.account),
      retiredKeys: row.account.retiredKeys.map(keyPair),
      keyChanges: keyChangesOf(row.account.keyChanges),
      enrolment: row.enrolment === null ? null : toB64u(row.enrolment),
      joinedAt: row.joinedAt.getTime(),
      removedAt: row.removedAt?.getTime() ?? null,
    })),
    grants: course.grants.map((row) => ({
      subjectId: row.subjectId,
      granterId: row.granterId,
      role: courseRole.parse(row.role),
      signed: toB64u(row.signed),
      grantedAt: row.grantedAt.getTime(),
      endedAt: row.endedAt?.getTime() ?? null,
    })),
    generations: course.generations.map(toGenerationAnswer),
    generationNeeded: course.generationNeeded,
    tombstones: course.tombstones.map((row) => ({
      accountId: row.accountId,
      tombstone: toB64u(row.tombstone),
      at: row.at.getTime(),
    })),
  }
}

function keyPair(row: { boxPublicKey: Uint8Array; signPublicKey: Uint8Array }) {
  return { box: toB64u(row.boxPublicKey), sign: toB64u(row.signPublicKey) }
}
