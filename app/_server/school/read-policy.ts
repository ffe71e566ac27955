/** The school's policy and the log of its changes. */
import { accountId } from '../../_wire/primitives.ts'
import type { Call } from '../core/handle.ts'
import { DEFAULT_POLICY, toPolicyFields } from './policy.ts'

const MOST_ENTRIES = 500

export async function readPolicy({ context }: Call<'policy', 'school-admin'>) {
  const rows = await context.db.policyChange.findMany({
    orderBy: { id: 'desc' },
    take: MOST_ENTRIES,
  })
  const people = await context.db.account.findMany({
    where: { id: { in: rows.map((row) => row.accountId) } },
    select: { id: true, name: true },
  })
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const newest = rows[0]
  return {
    policy: newest === undefined ? DEFAULT_POLICY : toPolicyFields(newest),
    log: rows.map((row) => ({
      ...toPolicyFields(row),
      at: row.at.getTime(),
      accountId: accountId.parse(row.accountId),
      name: names.get(row.accountId) ?? '',
      lawfulConfirmed: row.lawfulConfirmed,
    })),
  }
}
