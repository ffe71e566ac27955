/** The cases in which the caller has a part: who and when, without opening any. */
import type { Call } from '../core/handle.ts'
import { findCases, headsOf, roleInCase } from './case-access.ts'

export async function listCases({ context, caller }: Call<'listCases', 'account'>) {
  const accountId = caller.account.id
  const where = { OR: [{ studentId: accountId }, { helpers: { some: { accountId } } }] }
  const rows = await findCases(context.db, where)
  const heads = await headsOf(context.db, rows)
  return {
    cases: heads.map((head, i) => {
      const row = rows[i]
      return { ...head, role: (row && roleInCase(row, accountId)) ?? 'helper' }
    }),
  }
}
