/** Tells whoever holds a reset code which keys the new ones take the place of. */
import { accountId } from '../../_wire/primitives.ts'
import { toB64u } from '../core/bytes.ts'
import type { Call } from '../core/handle.ts'
import { limitAddress } from '../core/limits.ts'
import { checkResetCode } from './reset-codes.ts'

export async function openReset({ context, body, client }: Call<'openReset', 'anyone'>) {
  await limitAddress(context, 'sign-in', client.address)
  const account = await checkResetCode(context, body.email, body.code)
  return {
    accountId: accountId.parse(account.id),
    name: account.name,
    publicKeys: { box: toB64u(account.boxPublicKey), sign: toB64u(account.signPublicKey) },
  }
}
