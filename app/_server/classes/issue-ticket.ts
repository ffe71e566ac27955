/**
 * Issues a join ticket to whoever may enter a class now, in the role that holds now. A refusal also
 * ends a membership that an earlier ticket began.
 */
import { SignJWT } from 'jose'
import type { z } from 'zod'
import { accountId } from '../../_wire/primitives.ts'
import {
  TICKET_ALGORITHM,
  TICKET_ISSUER,
  TICKET_LIFE_SECONDS,
  type ticketClaimsSchema,
} from '../../../sfu/protocol/ticket.ts'
import type { ServerContext } from '../core/context.ts'
import type { Call } from '../core/handle.ts'
import { settingsOf } from '../courses/membership.ts'
import { limitAddress } from '../core/limits.ts'
import { Refusal } from '../core/refusal.ts'
import { readingsOf, requireVisitor, type Visitor } from './class-access.ts'
import { guestCookie, guestCookieName, readGuestPass } from './guest-pass.ts'

export async function issueTicket(call: Call<'ticket', 'anyone'>) {
  const { context } = call
  const visitor = await requireWelcome(call)
  const { row, role } = visitor
  const person = visitor.courseRole === null ? await guest(call) : member(call)
  const { mode, intervalSeconds } = await readingsOf(context.db, row)
  const ticket = await signTicket(context, {
    sub: person.id,
    name: person.name,
    node: context.sfuNode,
    cls: row.id,
    crs: row.courseId,
    role,
    startedAt: row.startedAt.getTime(),
    readings: mode,
    interval: intervalSeconds,
    wait: waits(visitor),
    newcomer: visitor.newcomer,
  })
  return { ticket, signalingUrl: `/signaling/${encodeURIComponent(context.sfuNode)}` }
}

/** Whether a teacher has to let this person in. */
function waits({ row, role, courseRole }: Visitor): boolean {
  const { waitingRoom } = settingsOf(row.course)
  if (waitingRoom === 'everyone') return role !== 'teacher' && courseRole !== 'course-admin'
  return waitingRoom === 'guests' && courseRole === null
}

/** The visitor; who is refused is also shown out of the live class. */
async function requireWelcome(call: Call<'ticket', 'anyone'>): Promise<Visitor> {
  const { context, caller, parameters } = call
  try {
    const visitor = await requireVisitor(context.db, parameters.id, caller)
    if (visitor.row.endedAt === null) return visitor
  } catch (error) {
    if (error instanceof Refusal) await showOut(call)
    throw error
  }
  throw new Refusal('class-ended')
}

async function showOut(call: Call<'ticket', 'anyone'>): Promise<void> {
  const { context, caller, parameters, cookies } = call
  const cls = parameters.id
  const pass = readGuestPass(context, cookies.get(guestCookieName(context.publicUrl)), cls)
  const live = await context.db.class.count({ where: { id: cls, endedAt: null } })
  if (live === 0) return
  for (const sub of [caller?.account.id, pass?.id]) {
    if (sub !== undefined) await context.sfu.command({ cmd: 'revoke', cls, sub })
  }
}

function member({ caller }: Call<'ticket', 'anyone'>) {
  if (caller === null) throw new Refusal('not-signed-in')
  return caller.account
}

/** The same guest as before where the browser has a pass for this class, else a new one. */
async function guest(call: Call<'ticket', 'anyone'>) {
  const { context, body, caller, client, cookies, parameters } = call
  await limitAddress(context, 'guest-ticket', client.address)
  const value = cookies.get(guestCookieName(context.publicUrl))
  const known = readGuestPass(context, value, parameters.id)
  const name = body.name ?? known?.name ?? caller?.account.name
  if (name === undefined) throw new Refusal('guest-name-needed')
  const id = known?.id ?? accountId.parse(context.random.uuid())
  call.reply.cookies.push(guestCookie(context, { id, classId: parameters.id, name }))
  return { id, name }
}

/** Signs a ticket that was decided on. */
export function signTicket(
  context: ServerContext,
  claims: Omit<z.input<typeof ticketClaimsSchema>, 'iss' | 'aud' | 'jti' | 'iat' | 'exp'>,
): Promise<string> {
  const issued = Math.floor(context.clock.now() / 1000)
  return new SignJWT(claims)
    .setProtectedHeader({ alg: TICKET_ALGORITHM })
    .setIssuer(TICKET_ISSUER)
    .setAudience(context.publicUrl)
    .setJti(context.random.uuid())
    .setIssuedAt(issued)
    .setExpirationTime(issued + TICKET_LIFE_SECONDS)
    .sign(context.secrets.ticketKey)
}
