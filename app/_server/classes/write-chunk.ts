/**
 * Stores one chunk of a class: the signed manifest and one sealed part for each student. (class,
 * writer, number) is unique; the very same chunk may come again. Web merges nothing and opens nothing.
 */
import type { ChunkBody } from '../../_wire/classes.ts'
import { fromB64u, sameBytes, sha256 } from '../core/bytes.ts'
import { locked, type Transaction } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { requireClassRole, type LoadedClass } from './class-access.ts'
import { holdClass } from './hold-class.ts'

export async function writeChunk(call: Call<'writeChunk', 'account'>) {
  const { context, body, caller, parameters } = call
  requireWellFormed(body)
  const digest = sha256(JSON.stringify(body))
  const writer = fromB64u(body.writer)
  const { number } = body
  const created = await locked(context.db, async (tx) => {
    await holdClass(tx, parameters.id)
    const { row } = await requireClassRole(tx, parameters.id, caller, ['teacher'])
    if (row.key === null) throw new Refusal('readings-off')
    if (row.expiredAt !== null) throw new Refusal('readings-expired')
    const classId = row.id
    const stored = await tx.chunk.findUnique({
      where: { classId_writer_number: { classId, writer, number } },
    })
    if (stored !== null) {
      if (sameBytes(stored.digest, digest)) return false
      throw new Refusal('chunk-exists')
    }
    const kept = await withoutErased(tx, row, body)
    await storeContentKeys(tx, classId, writer, kept)
    await tx.chunk.create({
      data: {
        classId,
        writer,
        number,
        manifest: fromB64u(body.manifest),
        closing: body.closing,
        digest,
        storedBy: caller.account.id,
        storedAt: new Date(context.clock.now()),
      },
    })
    await tx.chunkPart.createMany({
      data: kept.parts.map(({ accountId, part }) => ({
        classId,
        writer,
        number,
        accountId,
        part: fromB64u(part),
      })),
    })
    return true
  })
  return { created }
}

function requireWellFormed({ parts, contentKeys }: ChunkBody): void {
  if (new Set(parts.map(({ part }) => part.length)).size > 1) throw new Refusal('parts-unequal')
  for (const list of [parts, contentKeys]) {
    if (new Set(list.map(({ accountId }) => accountId)).size !== list.length) {
      throw new Refusal('bad-request')
    }
  }
}

type Kept = Pick<ChunkBody, 'parts' | 'contentKeys'>

/**
 * Parts and keys of people who ever were in the course, without those who had their readings erased
 * after this class began: erased stays erased, whatever copies a vault still has.
 */
async function withoutErased(tx: Transaction, row: LoadedClass, body: ChunkBody): Promise<Kept> {
  const named = [...body.parts, ...body.contentKeys].map(({ accountId }) => accountId)
  const people = await tx.enrolment.findMany({
    where: { courseId: row.courseId, accountId: { in: named } },
    select: { accountId: true, account: { select: { erasedAt: true } } },
  })
  const known = new Set<string>(people.map(({ accountId }) => accountId))
  if (!named.every((accountId) => known.has(accountId))) throw new Refusal('chunk-person-unknown')
  const tombstones = await tx.tombstone.findMany({
    where: { courseId: row.courseId, accountId: { in: named }, at: { gte: row.startedAt } },
    select: { accountId: true },
  })
  const gone = people.filter(({ account }) => account.erasedAt !== null)
  const erased = new Set<string>([...tombstones, ...gone].map(({ accountId }) => accountId))
  const remains = ({ accountId }: { accountId: string }): boolean => !erased.has(accountId)
  return { parts: body.parts.filter(remains), contentKeys: body.contentKeys.filter(remains) }
}

/** Every part needs its content key, stored now or before; a stored one never changes. */
async function storeContentKeys(
  tx: Transaction,
  classId: string,
  writer: Uint8Array<ArrayBuffer>,
  { parts, contentKeys }: Kept,
): Promise<void> {
  const named = [...parts, ...contentKeys].map(({ accountId }) => accountId)
  const stored = await tx.contentKey.findMany({
    where: { classId, writer, accountId: { in: named } },
  })
  const before = new Map<string, (typeof stored)[number]>(stored.map((key) => [key.accountId, key]))
  const fresh = contentKeys.filter(({ accountId, forStudent, forCourse }) => {
    const key = before.get(accountId)
    if (key === undefined) return true
    const same =
      sameBytes(key.forStudent, fromB64u(forStudent)) &&
      sameBytes(key.forCourse, fromB64u(forCourse))
    if (!same) throw new Refusal('content-key-changed')
    return false
  })
  const have = new Set<string>([...before.keys(), ...fresh.map(({ accountId }) => accountId)])
  if (!parts.every(({ accountId }) => have.has(accountId))) throw new Refusal('content-key-missing')
  await tx.contentKey.createMany({
    data: fresh.map(({ accountId, forStudent, forCourse }) => ({
      classId,
      writer,
      accountId,
      forStudent: fromB64u(forStudent),
      forCourse: fromB64u(forCourse),
    })),
  })
}
