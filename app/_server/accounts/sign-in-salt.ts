/** Answers how to derive the sign-in secret: for every address alike, known or not. */
import { DEFAULT_KEY_DERIVATION, keyDerivation } from '../../_wire/accounts.ts'
import { keyedHash, toB64u } from '../core/bytes.ts'
import type { Call } from '../core/handle.ts'
import { limitAddress } from '../core/limits.ts'

const SALT_BYTES = 16

export async function signInSalt(call: Call<'signInSalt', 'anyone'>) {
  const { context, body, client } = call
  await limitAddress(context, 'salt', client.address)
  const madeUp = keyedHash(context.secrets.salt, 'attune/salt', body.kind, body.email)
  const way = await context.db.wayIn.findFirst({
    where: { kind: body.kind, account: { email: body.email } },
  })
  if (way === null) {
    return { kdf: DEFAULT_KEY_DERIVATION, salt: toB64u(madeUp.subarray(0, SALT_BYTES)) }
  }
  const { algorithm, passes, memoryBytes } = way
  return { kdf: keyDerivation.parse({ algorithm, passes, memoryBytes }), salt: toB64u(way.salt) }
}
