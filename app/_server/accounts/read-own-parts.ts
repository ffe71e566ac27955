/**
 * Every part that is kept of the caller, with the content keys sealed to the caller, and how many records wait for a
 * teacher: the page *My data*. No class that holds anything of the caller may be missing, since it is erased from here.
 */
import { toB64u } from '../core/bytes.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'

const CLASSES_A_PAGE = 10

export async function readOwnParts(call: Call<'ownParts', 'account'>) {
  const { context, caller, query } = call
  const accountId = caller.account.id
  const skip = parseOffset(query.get('after'))
  const classes = await context.db.class.findMany({
    where: {
      OR: [{ contentKeys: { some: { accountId } } }, { lateRecords: { some: { accountId } } }],
    },
    orderBy: [{ startedAt: 'desc' }, { id: 'asc' }],
    skip,
    take: CLASSES_A_PAGE + 1,
    include: {
      course: { select: { name: true } },
      key: { select: { intervalSeconds: true } },
      contentKeys: { where: { accountId } },
      _count: { select: { lateRecords: { where: { accountId } } } },
      chunks: {
        where: { parts: { some: { accountId } } },
        orderBy: { position: 'asc' },
        select: { writer: true, number: true, parts: { where: { accountId } } },
      },
    },
  })
  return {
    classes: classes.slice(0, CLASSES_A_PAGE).map((row) => ({
      courseId: row.courseId,
      courseName: row.course.name,
      classId: row.id,
      startedAt: row.startedAt.getTime(),
      endedAt: row.endedAt?.getTime() ?? null,
      intervalSeconds: row.key?.intervalSeconds ?? null,
      contentKeys: row.contentKeys.map((key) => ({
        writer: toB64u(key.writer),
        key: toB64u(key.forStudent),
      })),
      parts: row.chunks.flatMap(({ writer, number, parts }) =>
        parts.map(({ part }) => ({ writer: toB64u(writer), number, part: toB64u(part) })),
      ),
      late: row._count.lateRecords,
    })),
    next: classes.length > CLASSES_A_PAGE ? String(skip + CLASSES_A_PAGE) : null,
  }
}

function parseOffset(text: string | null): number {
  if (text === null) return 0
  if (!/^\d{1,6}$/.test(text)) throw new Refusal('bad-request')
  return Number(text)
}
