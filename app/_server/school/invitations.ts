/**
 * Invitations to the school: made, looked up by the token of their link, used once at sign-up. Only the
 * token's hash is kept, so that nobody reads links out of the database.
 */
import type { AgeGroup } from '../../_wire/age.ts'
import type { AccountId } from '../../_wire/primitives.ts'
import { fromB64u, sha256, toB64u } from '../core/bytes.ts'
import type { ServerContext } from '../core/context.ts'
import type { Transaction } from '../core/database.ts'
import { letterOf } from '../core/letters.ts'
import { Refusal } from '../core/refusal.ts'
import { currentRetention } from './retention.ts'

const DAY_MS = 86_400_000
const TOKEN_BYTES = 16

export interface Invited {
  /** Null for a link that works for whoever has it. */
  readonly email: string | null
  readonly name: string
  readonly mayTeach: boolean
  readonly ageGroup: AgeGroup
}

/** Invitations that still open a door. */
export function openAt(now: number) {
  return { usedAt: null, revokedAt: null, expiresAt: { gt: new Date(now) } }
}

/** Makes an invitation in place of any open one for that address; answers its id and the link's token. */
export async function makeInvitation(
  context: ServerContext,
  tx: Transaction,
  actorId: AccountId,
  invited: Invited,
): Promise<{ id: string; token: string }> {
  const now = context.clock.now()
  if (invited.email !== null) {
    await tx.invitation.updateMany({
      where: { email: invited.email, ...openAt(now) },
      data: { revokedAt: new Date(now) },
    })
  }
  const { invitationDays } = await currentRetention(tx)
  const token = context.random.bytes(TOKEN_BYTES)
  const id = context.random.uuid()
  await tx.invitation.create({
    data: {
      ...invited,
      id,
      tokenHash: sha256(token),
      createdById: actorId,
      createdAt: new Date(now),
      expiresAt: new Date(now + invitationDays * DAY_MS),
    },
  })
  return { id, token: toB64u(token) }
}

/** The open invitation behind a link; null where there is none. */
export function findInvitation(context: ServerContext, tx: Transaction, token: string) {
  const tokenHash = sha256(fromB64u(token))
  return tx.invitation.findFirst({ where: { tokenHash, ...openAt(context.clock.now()) } })
}

/**
 * The invitation that a sign-up comes by, if any. An address that the school invited can be taken by
 * its link alone, so that nobody else signs up in that person's place.
 * @throws Refusal `invitation-other-address`, `invitation-needed`
 */
export async function invitationOfSignUp(
  context: ServerContext,
  tx: Transaction,
  email: string,
  token: string | undefined,
) {
  const found = token === undefined ? null : await findInvitation(context, tx, token)
  if (found !== null) {
    if (found.email !== null && found.email !== email) {
      throw new Refusal('invitation-other-address')
    }
    return found
  }
  const where = { email, ...openAt(context.clock.now()) }
  if ((await tx.invitation.count({ where })) > 0) throw new Refusal('invitation-needed')
  return null
}

/**
 * Uses an invitation up, once: it may have been used or withdrawn since it was found.
 * @throws Refusal `invitation-not-found`
 */
export async function useInvitation(
  context: ServerContext,
  tx: Transaction,
  id: string,
  usedById: AccountId,
): Promise<void> {
  const now = context.clock.now()
  const { count } = await tx.invitation.updateMany({
    where: { id, ...openAt(now) },
    data: { usedById, usedAt: new Date(now) },
  })
  if (count === 0) throw new Refusal('invitation-not-found')
}

/** The letter with the link. Plain words, no more about the person than the address has. */
export async function sendInvitation(
  context: ServerContext,
  invitation: { readonly id: string; readonly email: string; readonly token: string },
): Promise<boolean> {
  const link = `${context.publicUrl}/welcome/${invitation.token}`
  const letter = letterOf('invitation', link)
  const sent = await context.mail?.send({ to: invitation.email, ...letter })
  if (sent !== true) return false
  const sentAt = new Date(context.clock.now())
  await context.db.invitation.update({ where: { id: invitation.id }, data: { sentAt } })
  return true
}
