/**
 * Holds an account while something is added to it. A new version of the row is left, so that an erasure that began
 * before, and cannot see what was added, loses and runs again. People never wait for each other by it.
 */
import type { AccountId } from '../../_wire/primitives.ts'
import type { Transaction } from '../core/database.ts'
import { Refusal } from '../core/refusal.ts'

/**
 * To be the first thing that a `locked` transaction does.
 * @throws Refusal `not-signed-in` when the account was erased meanwhile
 */
export async function holdAccount(tx: Transaction, id: AccountId): Promise<void> {
  const held = await tx.$executeRaw`
    UPDATE "Account" SET "createdAt" = "createdAt"
    WHERE "id" = ${id}::uuid AND "erasedAt" IS NULL`
  if (held === 0) throw new Refusal('not-signed-in')
}
