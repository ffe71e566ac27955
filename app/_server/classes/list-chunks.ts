/**
 * The stored chunks of a class, a page at a time in the order of writing: to teachers with all parts,
 * to a student only those that hold the student's own. `?parts=none` leaves the parts out: whoever wants
 * totals alone needs the manifests alone.
 */
import { courseRole as courseRoles } from '../../_wire/roles.ts'
import { historyPolicy } from '../../_wire/settings.ts'
import { toB64u } from '../core/bytes.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { holderRoles } from '../courses/membership.ts'
import { noteOpening } from '../history/note-opening.ts'
import { requireClassRole } from './class-access.ts'

const PAGE = 50
/** As many as a chunk can have. */
const MOST_PARTS = 1000

export async function listChunks(call: Call<'chunks', 'account'>) {
  const { context, caller, parameters, query } = call
  const { row, role } = await requireClassRole(
    context.db,
    parameters.id,
    caller,
    courseRoles.options,
  )
  const all = holderRoles(historyPolicy.parse(row.course.historyPolicy)).includes(role)
  if (!all && role !== 'student') throw new Refusal('not-permitted')
  const own = all ? {} : { accountId: caller.account.id }
  const partless = all && query.get('parts') === 'none'
  if (role === 'course-admin' && !partless) await noteOpening(context, caller, row)
  const chunks = await context.db.chunk.findMany({
    where: {
      classId: row.id,
      position: { gt: parsePosition(query.get('after')) },
      ...(all ? {} : { parts: { some: own } }),
    },
    orderBy: { position: 'asc' },
    take: PAGE + 1,
    include: {
      parts: { where: own, orderBy: { accountId: 'asc' }, take: partless ? 0 : MOST_PARTS },
    },
  })
  const page = chunks.slice(0, PAGE)
  const writers = page.map(({ writer }) => writer)
  const keys = partless
    ? []
    : await context.db.contentKey.findMany({
        where: { classId: row.id, writer: { in: writers }, ...own },
      })
  return {
    chunks: page.map((chunk) => ({
      writer: toB64u(chunk.writer),
      number: chunk.number,
      manifest: toB64u(chunk.manifest),
      closing: chunk.closing,
      storedAt: chunk.storedAt.getTime(),
      parts: chunk.parts.map(({ accountId, part }) => ({ accountId, part: toB64u(part) })),
    })),
    contentKeys: keys.map((key) => ({
      writer: toB64u(key.writer),
      accountId: key.accountId,
      key: toB64u(all ? key.forCourse : key.forStudent),
    })),
    next: chunks.length > PAGE ? String(page.at(-1)?.position) : null,
  }
}

function parsePosition(text: string | null): bigint {
  if (text === null) return 0n
  if (!/^\d{1,18}$/.test(text)) throw new Refusal('bad-request')
  return BigInt(text)
}
