/**
 * Results submitted to the caller: listed without their content, opened one by one. Who is no admin any more of
 * where a result was sent to sees and opens it no more. Every opening is audited, and its sender sees it.
 */
import { accountId } from '../../_wire/primitives.ts'
import { RESULT_SORTS } from '../../_wire/results.ts'
import type { Prisma } from '../../../prisma/generated/client.ts'
import { KEY_CHANGES, keyChangesOf } from '../accounts/key-changes.ts'
import { recordAudit } from '../core/audit.ts'
import { toB64u } from '../core/bytes.ts'
import type { Call } from '../core/handle.ts'
import { nextOf, offsetOf, orderOf, searchOf, wordOf } from '../core/paging.ts'
import { Refusal } from '../core/refusal.ts'
import type { Caller } from '../core/sessions.ts'
import { deskOf } from '../school/desk-courses.ts'
import { currentRetention } from '../school/retention.ts'
import { resultLifeMs } from './result-life.ts'

const PAGE = 50

/** Sent to this person, in an office that the person still has. */
function sentTo({ account }: Caller): Prisma.ResultWhereInput {
  const asCourseAdmin = {
    course: {
      enrolments: {
        some: { accountId: account.id, removedAt: null, role: 'course-admin' },
      },
    },
  }
  return {
    keys: { some: { accountId: account.id } },
    OR: [...(account.schoolAdmin ? [{ courseId: null }] : []), asCourseAdmin],
  }
}

export async function submittedResults(call: Call<'submittedResults', 'account'>) {
  const { context, caller, query } = call
  const { db } = context
  await deskOf(db, caller)
  const skip = offsetOf(query)
  const search = searchOf(query)
  const contains = { contains: search, mode: 'insensitive' as const }
  const named = { OR: [{ sender: { name: contains } }, { course: { name: contains } }] }
  const where: Prisma.ResultWhereInput = { AND: [sentTo(caller), search === '' ? {} : named] }
  const order = orderOf(query)
  const sort = wordOf(query, 'sort', RESULT_SORTS)
  const orderBy = { sentAt: { sentAt: order }, sender: { sender: { name: order } } }
  const by = sort === 'course' ? { course: { name: order } } : orderBy[sort]
  const [rows, total] = await Promise.all([
    db.result.findMany({
      where,
      orderBy: [by, { id: 'asc' }],
      skip,
      take: PAGE,
      select: {
        id: true,
        sentAt: true,
        openedAt: true,
        sender: { select: { id: true, name: true } },
        course: { select: { name: true } },
      },
    }),
    db.result.count({ where }),
  ])
  const life = resultLifeMs((await currentRetention(db)).readingsMaxDays)
  return {
    results: rows.map(({ id, sentAt, openedAt, sender, course }) => ({
      id,
      sentAt: sentAt.getTime(),
      expiresAt: sentAt.getTime() + life,
      sender: { id: accountId.parse(sender.id), name: sender.name },
      course: course?.name ?? null,
      opened: openedAt !== null,
    })),
    total,
    next: nextOf(skip, rows.length, total),
  }
}

export async function openResult({ context, caller, parameters }: Call<'openResult', 'account'>) {
  const actorId = caller.account.id
  return context.db.$transaction(async (tx) => {
    const row = await tx.result.findFirst({
      where: { AND: [{ id: parameters.id }, sentTo(caller)] },
      include: {
        sender: {
          select: {
            id: true,
            name: true,
            boxPublicKey: true,
            signPublicKey: true,
            keyChanges: KEY_CHANGES,
          },
        },
        keys: { where: { accountId: actorId } },
      },
    })
    const key = row?.keys[0]
    if (row === null || key === undefined) throw new Refusal('result-not-found')
    const { id, sentAt, sender, box, courseId } = row
    const openedAt = row.openedAt ?? new Date(context.clock.now())
    await tx.result.update({ where: { id }, data: { openedAt } })
    const subjectId = accountId.parse(sender.id)
    await recordAudit(context, tx, {
      kind: 'result-opened',
      actorId,
      subjectId,
      ...(courseId === null ? {} : { courseId }),
    })
    return {
      id,
      sentAt: sentAt.getTime(),
      sender: {
        id: subjectId,
        name: sender.name,
        publicKeys: { box: toB64u(sender.boxPublicKey), sign: toB64u(sender.signPublicKey) },
        keyChanges: keyChangesOf(sender.keyChanges),
      },
      key: toB64u(key.key),
      box: toB64u(box),
    }
  })
}
