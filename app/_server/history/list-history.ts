/**
 * The classes of a course that took readings, newest first, a page at a time: what a holder's vault
 * needs to open them. It opens nothing and counts nothing of what was read.
 */
import { readingsMode } from '../../_wire/settings.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { holderRoles, requireRole, settingsOf } from '../courses/membership.ts'

const CLASSES_A_PAGE = 50

type HistoryCall = Call<'courseHistory', 'account'>

export async function listHistory(call: HistoryCall) {
  const { context, parameters, query } = call
  const courseId = parameters.id
  await requireHolderRole(call)
  const after = parsePlace(query.get('after'))
  const rows = await context.db.class.findMany({
    where: {
      courseId,
      key: { isNot: null },
      ...(after === null
        ? {}
        : {
            OR: [
              { startedAt: { lt: after.startedAt } },
              { startedAt: after.startedAt, id: { gt: after.id } },
            ],
          }),
    },
    orderBy: [{ startedAt: 'desc' }, { id: 'asc' }],
    take: CLASSES_A_PAGE + 1,
    include: { key: true, _count: { select: { chunks: true, lateRecords: true } } },
  })
  const page = rows.slice(0, CLASSES_A_PAGE)
  const last = page.at(-1)
  return {
    classes: page.flatMap(({ key, _count, ...row }) =>
      key === null
        ? []
        : [
            {
              id: row.id,
              startedAt: row.startedAt.getTime(),
              endedAt: row.endedAt?.getTime() ?? null,
              readings: readingsMode.parse(key.readings),
              intervalSeconds: key.intervalSeconds,
              minimumGroup: key.minimumGroup,
              generation: key.generation,
              chunks: _count.chunks,
              lateRecords: _count.lateRecords,
              expiredAt: row.expiredAt?.getTime() ?? null,
            },
          ],
    ),
    next:
      rows.length > CLASSES_A_PAGE && last
        ? `${String(last.startedAt.getTime())}_${last.id}`
        : null,
  }
}

async function requireHolderRole({ context: { db }, caller, parameters }: HistoryCall) {
  const role = await requireRole(db, parameters.id, caller.account.id)
  const settings = settingsOf(await db.course.findUniqueOrThrow({ where: { id: parameters.id } }))
  if (!holderRoles(settings.historyPolicy).includes(role)) throw new Refusal('not-permitted')
}

const PLACE = /^(\d{1,15})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

function parsePlace(text: string | null): { startedAt: Date; id: string } | null {
  if (text === null) return null
  const [, at, id] = PLACE.exec(text) ?? []
  if (at === undefined || id === undefined) throw new Refusal('bad-request')
  return { startedAt: new Date(Number(at)), id }
}
