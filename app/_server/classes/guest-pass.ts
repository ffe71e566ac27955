/**
 * What a guest's browser keeps so that it is the same guest at the next ticket: id, class and name,
 * under the server's own seal. It opens nothing by itself.
 */
import { accountId, displayName, type AccountId } from '../../_wire/primitives.ts'
import { fromB64u, keyedHash, sameBytes, toB64u } from '../core/bytes.ts'
import type { ServerContext } from '../core/context.ts'
import { cookie } from '../core/sessions.ts'

export interface GuestPass {
  readonly id: AccountId
  readonly classId: string
  readonly name: string
}

const LIFE_SECONDS = 86_400

export function guestCookieName(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-attune_guest' : 'attune_guest'
}

/** `Set-Cookie` value of a pass. */
export function guestCookie(context: ServerContext, pass: GuestPass): string {
  const name = toB64u(Buffer.from(pass.name, 'utf8'))
  const value = [pass.id, pass.classId, name, toB64u(seal(context, pass))].join('.')
  return cookie(context.publicUrl, guestCookieName(context.publicUrl), value, LIFE_SECONDS)
}

/** The pass for this class behind a cookie's value, or null. */
export function readGuestPass(
  context: ServerContext,
  value: string | undefined,
  classId: string,
): GuestPass | null {
  const [id, forClass, name, mac] = (value ?? '').split('.')
  if (forClass !== classId || mac === undefined) return null
  const parsedId = accountId.safeParse(id)
  const parsedName = displayName.safeParse(Buffer.from(name ?? '', 'base64url').toString('utf8'))
  if (!parsedId.success || !parsedName.success) return null
  const pass = { id: parsedId.data, classId, name: parsedName.data }
  return sameBytes(seal(context, pass), fromB64u(mac)) ? pass : null
}

function seal(context: ServerContext, pass: GuestPass): Uint8Array {
  const key = context.secrets.auth
  return keyedHash(key, 'attune/guest-pass', pass.id, pass.classId, pass.name)
}
