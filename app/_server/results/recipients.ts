/**
 * The admins to whom a result can be submitted: those of the school, or those of a course for people who are
 * enrolled in it. Nobody submits to oneself alone, so the sender is not among them.
 */
import { courseId as courseIdSchema, type AccountId } from '../../_wire/primitives.ts'
import { KEY_CHANGES, keyChangesOf } from '../accounts/key-changes.ts'
import { toB64u } from '../core/bytes.ts'
import type { Transaction } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { requireRole } from '../courses/membership.ts'

const MOST = 50

/** Accounts, by name. @throws Refusal `course-not-found` */
export async function recipientsOf(tx: Transaction, courseId: string | null, senderId: AccountId) {
  if (courseId !== null) await requireRole(tx, courseId, senderId)
  return tx.account.findMany({
    where: {
      id: { not: senderId },
      suspendedAt: null,
      erasedAt: null,
      ...(courseId === null
        ? { schoolAdmin: true }
        : { enrolments: { some: { courseId, removedAt: null, role: 'course-admin' } } }),
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: MOST,
    select: {
      id: true,
      name: true,
      boxPublicKey: true,
      signPublicKey: true,
      keyChanges: KEY_CHANGES,
    },
  })
}

export async function listRecipients(call: Call<'resultRecipients', 'account'>) {
  const { context, caller, query } = call
  const asked = courseIdSchema.nullable().safeParse(query.get('course'))
  if (!asked.success) throw new Refusal('bad-request')
  const rows = await recipientsOf(context.db, asked.data, caller.account.id)
  return {
    recipients: rows.map(({ id, name, boxPublicKey, signPublicKey, keyChanges }) => ({
      accountId: id as AccountId,
      name,
      publicKeys: { box: toB64u(boxPublicKey), sign: toB64u(signPublicKey) },
      keyChanges: keyChangesOf(keyChanges),
    })),
  }
}
