/** Whom a person of this school can turn to: trusted staff, and teachers and admins of the own courses. */
import type { HelperOffer } from '../../_wire/support.ts'
import { helperStanding } from '../../_wire/support.ts'
import { accountId as accountIds, courseId as courseIds } from '../../_wire/primitives.ts'
import { toB64u } from '../core/bytes.ts'
import type { Transaction } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { chatSettings } from './chat-settings.ts'

const keys = { id: true, name: true, boxPublicKey: true, signPublicKey: true } as const

interface Keyed {
  readonly boxPublicKey: Uint8Array
  readonly signPublicKey: Uint8Array
}

export function publicKeysOf(row: Keyed): { box: string; sign: string } {
  return { box: toB64u(row.boxPublicKey), sign: toB64u(row.signPublicKey) }
}

/** Helpers that this account may choose; somebody of two courses stands there twice. */
export async function offersFor(tx: Transaction, accountId: string): Promise<HelperOffer[]> {
  const people = await tx.enrolment.findMany({
    where: {
      role: { in: ['teacher', 'course-admin'] },
      removedAt: null,
      accountId: { not: accountId },
      account: { suspendedAt: null },
      course: { enrolments: { some: { accountId, removedAt: null } } },
    },
    include: { account: { select: keys }, course: { select: { id: true, name: true } } },
    orderBy: [{ course: { name: 'asc' } }, { account: { name: 'asc' } }],
  })
  const trusted = await tx.trustedStaff.findMany({ where: { accountId: { not: accountId } } })
  const staff = await tx.account.findMany({
    where: { id: { in: trusted.map((row) => row.accountId) }, suspendedAt: null },
    select: keys,
    orderBy: { name: 'asc' },
  })
  return [
    ...staff.map((account) => ({
      id: accountIds.parse(account.id),
      name: account.name,
      standing: 'staff' as const,
      course: null,
      publicKeys: publicKeysOf(account),
    })),
    ...people.map(({ role, account, course }) => ({
      id: accountIds.parse(account.id),
      name: account.name,
      standing: helperStanding.parse(role),
      course: { id: courseIds.parse(course.id), name: course.name },
      publicKeys: publicKeysOf(account),
    })),
  ]
}

export async function readSupport({ context, caller }: Call<'support', 'account'>) {
  return {
    assistant: chatSettings(process.env) !== null,
    helpers: await offersFor(context.db, caller.account.id),
  }
}
