/** Takes a new case: sealed to the people whom the student chose among those offered to them. */
import type { OpenCaseBody } from '../../_wire/support.ts'
import { recordAudit } from '../core/audit.ts'
import { fromB64u } from '../core/bytes.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { refuseTaken } from '../core/refuse-taken.ts'
import { offersFor } from './offers.ts'
import { tellByMail } from './tell.ts'

export async function openCase(call: Call<'openCase', 'account'>) {
  const { context, body, caller } = call
  const studentId = caller.account.id
  await refuseTaken(
    'case-exists',
    serializable(context.db, async (tx) => {
      const offered = await offersFor(tx, studentId)
      requireOffered(body, offered)
      const at = new Date(context.clock.now())
      await tx.supportCase.create({
        data: {
          id: body.id,
          studentId,
          courseId: body.courseId,
          state: 'new',
          studentKey: fromB64u(body.studentKey),
          createdAt: at,
          changedAt: at,
          helpers: {
            create: body.helpers.map(({ accountId, key, share }) => ({
              accountId,
              key: fromB64u(key),
              share: fromB64u(share),
              addedAt: at,
            })),
          },
        },
      })
      for (const kind of ['message', 'attachment'] as const) {
        const box = fromB64u(body[kind])
        await tx.caseEntry.create({ data: { caseId: body.id, authorId: studentId, kind, box, at } })
      }
      await recordAudit(context, tx, {
        kind: 'case-created',
        actorId: studentId,
        subjectId: studentId,
      })
    }),
  )
  await tellByMail(
    context,
    body.helpers.map(({ accountId }) => accountId),
  )
  return {}
}

function requireOffered(
  { courseId, helpers }: OpenCaseBody,
  offered: Awaited<ReturnType<typeof offersFor>>,
): void {
  const ids = new Set<string>(helpers.map(({ accountId }) => accountId))
  if (ids.size !== helpers.length) throw new Refusal('bad-request')
  const known = [...ids].every((id) => offered.some((offer) => offer.id === id))
  const mine = courseId === null || offered.some(({ course }) => course?.id === courseId)
  if (!known || !mine) throw new Refusal('helper-not-offered')
}
