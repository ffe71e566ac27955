/** Everything that the server holds about the caller, to keep: sealed things as they lie, which the server cannot open. */
import type { Call } from '../core/handle.ts'
import { heldRecords } from './held-records.ts'

export async function exportOwn({ context, caller }: Call<'exportOwn', 'account'>) {
  const held = await heldRecords(context.db, caller.account.id)
  return { exportedAt: context.clock.now(), ...held }
}
