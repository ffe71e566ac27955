/**
 * Makes an account and its first session. The first account of an empty school becomes its admin and
 * may teach; that is decided under a lock, so that two at once cannot both be the first. A whole class signs up in one
 * minute, so none of them may lose against another: all that is decided here is held by that lock, by the invitation's
 * own row, or by the unique address.
 */
import { accountId } from '../../_wire/primitives.ts'
import { recordAudit } from '../core/audit.ts'
import { fromB64u, sameText } from '../core/bytes.ts'
import type { ServerContext } from '../core/context.ts'
import { locked, type Transaction } from '../core/database.ts'
import type { Call, Client } from '../core/handle.ts'
import { limitAddress } from '../core/limits.ts'
import { Refusal } from '../core/refusal.ts'
import { refuseTaken } from '../core/refuse-taken.ts'
import { sessionCookie, sessionShare, startSession, toOwnAccount } from '../core/sessions.ts'
import { invitationOfSignUp, useInvitation } from '../school/invitations.ts'
import { currentPolicy } from '../school/policy.ts'
import { hashSecret } from './secret-hash.ts'
import { toWayIn } from './ways-in.ts'

/** Advisory lock that sign-ups take while the school is empty. */
const SIGN_UP_LOCK = 7_102_001

export async function signUp(call: Call<'signUp', 'anyone'>) {
  const { context, body, client } = call
  await limitAddress(context, 'sign-up', client.address)
  const [passwordHash, recoveryHash] = await Promise.all([
    hashSecret(context.random, body.passwordSecret),
    hashSecret(context.random, body.recoverySecret),
  ])
  const id = accountId.parse(context.random.uuid())
  const { account, session } = await refuseTaken(
    'email-taken',
    locked(context.db, async (tx) => {
      const first = await isFirst(tx)
      if (first) requireSetUpCode(context, client, body.setUpCode)
      const invitation = first
        ? null
        : await invitationOfSignUp(context, tx, body.email, body.invite)
      if (!first && invitation === null) await requireOpenDoor(tx, body.invite)
      const createdAt = new Date(context.clock.now())
      const row = await tx.account.create({
        data: {
          id,
          name: body.name,
          email: body.email,
          boxPublicKey: fromB64u(body.publicKeys.box),
          signPublicKey: fromB64u(body.publicKeys.sign),
          privateBox: fromB64u(body.privateBox),
          schoolAdmin: first,
          mayTeach: first || (invitation?.mayTeach ?? false),
          ageGroup: invitation?.ageGroup ?? 'unknown',
          createdAt,
          waysIn: {
            create: [
              toWayIn(body.passwordWrap, passwordHash),
              toWayIn(body.recoveryWrap, recoveryHash),
            ],
          },
        },
      })
      if (invitation !== null) {
        await useInvitation(context, tx, invitation.id, id)
      }
      await recordAudit(context, tx, { kind: 'account-created', actorId: id, subjectId: id })
      return {
        account: toOwnAccount(row),
        session: await startSession(context, tx, id, client.device),
      }
    }),
  )
  call.reply.cookies.push(sessionCookie(context, session))
  return { account, share: sessionShare(context, session) }
}

/** Nobody was there before, and nobody else can be the first from here on. */
async function isFirst(tx: Transaction): Promise<boolean> {
  if ((await tx.account.findFirst({ select: { id: true } })) !== null) return false
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${SIGN_UP_LOCK})`
  return (await tx.account.findFirst({ select: { id: true } })) === null
}

/** Codes are read aloud and typed: case, spaces and dashes do not count. */
function normalise(code: string): string {
  return code.replaceAll(/[\s-]/g, '').toUpperCase()
}

function requireSetUpCode(context: ServerContext, client: Client, code: string | undefined): void {
  if (client.local) return
  if (!sameText(normalise(code ?? ''), normalise(context.secrets.setUpCode))) {
    throw new Refusal('set-up-code-wrong')
  }
}

async function requireOpenDoor(tx: Transaction, invite: string | undefined): Promise<void> {
  const { openSignUp } = await currentPolicy(tx)
  if (openSignUp) return
  if (invite === undefined) throw new Refusal('sign-up-closed')
  const course = await tx.course.findUnique({ where: { inviteToken: fromB64u(invite) } })
  if (course === null) throw new Refusal('sign-up-closed')
}
