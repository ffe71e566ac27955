/**
 * The cases of the school as an admin sees them: who and when. An admin suggests a helper; only the student
 * can share a case with that person. Nothing is opened here.
 */
import { accountId as accountIds } from '../../_wire/primitives.ts'
import { recordAudit } from '../core/audit.ts'
import { serializable, type Transaction } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { findCases, headsOf } from './case-access.ts'
import { tellByMail } from './tell.ts'

export async function listAdminCases({ context }: Call<'adminCases', 'school-admin'>) {
  const rows = await findCases(context.db, {})
  return { cases: await headsOf(context.db, rows), staff: await staffOf(context.db) }
}

async function staffOf(tx: Transaction) {
  const trusted = await tx.trustedStaff.findMany()
  return tx.account.findMany({
    where: { id: { in: trusted.map(({ accountId }) => accountId) } },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  })
}

export async function suggestHelper(call: Call<'suggestHelper', 'school-admin'>) {
  const { context, body, caller, parameters } = call
  const studentId = await serializable(context.db, async (tx) => {
    const row = await tx.supportCase.findUnique({
      where: { id: parameters.id },
      include: { helpers: true },
    })
    if (row === null) throw new Refusal('case-not-found')
    if (row.state === 'withdrawn') throw new Refusal('case-withdrawn')
    if (body.accountId !== null) await requireStaff(tx, row, body.accountId)
    await tx.supportCase.update({ where: { id: row.id }, data: { suggestedId: body.accountId } })
    await recordAudit(context, tx, {
      kind: 'case-helper-suggested',
      actorId: caller.account.id,
      subjectId: accountIds.parse(row.studentId),
    })
    return row.studentId
  })
  if (body.accountId !== null) await tellByMail(context, [studentId])
  return {}
}

async function requireStaff(
  tx: Transaction,
  row: { readonly studentId: string; readonly helpers: readonly { readonly accountId: string }[] },
  accountId: string,
): Promise<void> {
  const trusted = await tx.trustedStaff.findUnique({ where: { accountId } })
  const part = row.studentId === accountId || row.helpers.some((one) => one.accountId === accountId)
  if (trusted === null || part) throw new Refusal('helper-not-offered')
}

/** Makes somebody trusted staff, or ends it. */
export async function saveStaff(call: Call<'saveStaff', 'school-admin'>) {
  const { context, body, caller } = call
  const { accountId, trusted } = body
  await serializable(context.db, async (tx) => {
    const person = await tx.account.findUnique({ where: { id: accountId } })
    if (person === null) throw new Refusal('account-not-found')
    const known = await tx.trustedStaff.findUnique({ where: { accountId } })
    if ((known !== null) === trusted) return
    if (trusted) {
      const addedAt = new Date(context.clock.now())
      await tx.trustedStaff.create({ data: { accountId, addedById: caller.account.id, addedAt } })
    } else await tx.trustedStaff.delete({ where: { accountId } })
    await recordAudit(context, tx, {
      kind: 'staff-changed',
      actorId: caller.account.id,
      subjectId: accountId,
      detail: { trusted },
    })
  })
  return {}
}
