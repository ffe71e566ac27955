/** The wrapped keys of the account that asks, to unlock its vault with the password. */
import type { Call } from '../core/handle.ts'
import { keysOf } from './ways-in.ts'

export function readKeys(call: Call<'accountKeys', 'account'>) {
  return keysOf(call.context.db, call.caller.account.id)
}
