/**
 * Sessions: a random token in a cookie, its hash in the database, and the share that a live session
 * adds to the device's key. The share is derived from the token, so that neither a dump of the
 * database nor an ended session gives it.
 */
import { accountId, type AccountId } from '../../_wire/primitives.ts'
import type { OwnAccount } from '../../_wire/session.ts'
import { fromB64u, keyedHash, sha256, toB64u } from './bytes.ts'
import type { ServerContext } from './context.ts'
import type { Transaction } from './database.ts'

const DAY_MS = 86_400_000
/** Without a visit for this long a session ends. */
export const SESSION_LIFE_MS = 30 * DAY_MS
const TOKEN_BYTES = 32
const TOKEN_PATTERN = /^[\w-]{43}$/

/** Who asks, by a live session. */
export interface Caller {
  readonly account: OwnAccount
  readonly session: Session
}

export interface Session {
  readonly token: string
  readonly tokenHash: Uint8Array<ArrayBuffer>
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/** Name of the cookie; over HTTPS with the prefix that binds it to this very host. */
export function sessionCookieName(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-attune_session' : 'attune_session'
}

/** A `Set-Cookie` value. `seconds` 0 removes the cookie. */
export function cookie(publicUrl: string, name: string, value: string, seconds: number): string {
  const secure = publicUrl.startsWith('https:') ? '; Secure' : ''
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`
}

export function sessionCookie(context: ServerContext, session: Session | null): string {
  const name = sessionCookieName(context.publicUrl)
  return session === null
    ? cookie(context.publicUrl, name, '', 0)
    : cookie(context.publicUrl, name, session.token, SESSION_LIFE_MS / 1000)
}

/** Starts a session in the caller's transaction. */
export async function startSession(
  context: ServerContext,
  tx: Transaction,
  account: AccountId,
  device: string,
): Promise<Session> {
  const token = toB64u(context.random.bytes(TOKEN_BYTES))
  const now = context.clock.now()
  const session = { token, tokenHash: sha256(token), expiresAt: now + SESSION_LIFE_MS }
  await tx.session.create({
    data: {
      tokenHash: session.tokenHash,
      accountId: account,
      device,
      createdAt: new Date(now),
      expiresAt: new Date(session.expiresAt),
    },
  })
  return session
}

/** The share of a session, 32 bytes as base64url. */
export function sessionShare(context: ServerContext, session: Session): string {
  return toB64u(keyedHash(context.secrets.auth, 'attune/session-share', fromB64u(session.token)))
}

/** The live session behind a cookie's value; null when there is none, or its account is suspended. */
export async function findCaller(
  context: ServerContext,
  token: string | undefined,
): Promise<Caller | null> {
  if (token === undefined || !TOKEN_PATTERN.test(token)) return null
  const tokenHash = sha256(token)
  const row = await context.db.session.findUnique({
    where: { tokenHash },
    include: { account: true },
  })
  if (row === null || row.expiresAt.getTime() <= context.clock.now()) return null
  if (row.account.suspendedAt !== null) return null
  return {
    account: toOwnAccount(row.account),
    session: { token, tokenHash, expiresAt: row.expiresAt.getTime() },
  }
}

/** Puts off the end of a session that is in use; at most once a day. Answers the session as it is now. */
export async function prolong(context: ServerContext, session: Session): Promise<Session> {
  const expiresAt = context.clock.now() + SESSION_LIFE_MS
  if (expiresAt - session.expiresAt < DAY_MS) return session
  await context.db.session.updateMany({
    where: { tokenHash: session.tokenHash },
    data: { expiresAt: new Date(expiresAt) },
  })
  return { ...session, expiresAt }
}

/** What an account may see of itself. */
export function toOwnAccount(row: {
  id: string
  name: string
  email: string
  schoolAdmin: boolean
  mayTeach: boolean
}): OwnAccount {
  return {
    id: accountId.parse(row.id),
    name: row.name,
    email: row.email,
    schoolAdmin: row.schoolAdmin,
    mayTeach: row.mayTeach,
  }
}
