/**
 * The heads that this teacher saw last, by class and writer, in a box to self: web can neither read nor forge it, so
 * that a history that went back is noticed on any device.
 */
import * as z from 'zod'
import { fromB64u } from '../format/bytes.ts'
import { HASH_BYTES, WRITER_BYTES, type Head } from '../format/manifest.ts'
import type { Http } from '../http.ts'
import type { AccountKeys } from '../keys/account-keys.ts'
import { SelfBox } from '../roster/pins.ts'
import { same, toB64u } from '../sodium.ts'

const headSchema = z.strictObject({ writer: z.string(), number: z.int(), hash: z.string() })
const classSchema = z.strictObject({ startedAt: z.int(), heads: z.array(headSchema) })
/** By class id. */
const headsSchema = z.record(z.string(), classSchema)
type StoredHeads = z.infer<typeof headsSchema>

/** What was seen of one class. */
export interface ClassHeads {
  readonly classId: string
  /** By web's clock, milliseconds since 1970. */
  readonly startedAt: number
  readonly heads: readonly Head[]
}

/** What one box holds with room to spare; the oldest classes make room for newer ones. */
const MOST_BYTES = 60_000

function headsBox(http: Http, keys: AccountKeys, courseId: string): SelfBox<StoredHeads> {
  return new SelfBox(http, keys, `heads:${courseId}`, headsSchema)
}

/** Everything remembered of a course. */
export async function readCourseHeads(
  http: Http,
  keys: AccountKeys,
  courseId: string,
): Promise<readonly ClassHeads[]> {
  const { value } = await headsBox(http, keys, courseId).read()
  return Object.entries(value ?? {}).map(([classId, { startedAt, heads }]) => ({
    classId,
    startedAt,
    heads: heads.map(({ writer, number, hash }) => ({
      writer: fromB64u(writer, WRITER_BYTES),
      number,
      hash: fromB64u(hash, HASH_BYTES),
    })),
  }))
}

export async function readHeads(
  http: Http,
  keys: AccountKeys,
  courseId: string,
  classId: string,
): Promise<readonly Head[]> {
  return headsOf(await readCourseHeads(http, keys, courseId), classId)
}

/** The heads of one class; none where it was never seen. */
export function headsOf(classes: readonly ClassHeads[], classId: string): readonly Head[] {
  return classes.find((one) => one.classId === classId)?.heads ?? []
}

/** Remembers heads, in one write; one that is older than what is remembered changes nothing. */
export async function writeHeads(
  http: Http,
  keys: AccountKeys,
  courseId: string,
  seen: readonly ClassHeads[],
): Promise<void> {
  await headsBox(http, keys, courseId).update((stored) => {
    const next = new Map(Object.entries(stored ?? {}))
    for (const { classId, startedAt, heads } of seen) {
      const merged = new Map((next.get(classId)?.heads ?? []).map((head) => [head.writer, head]))
      for (const { writer, number, hash } of heads) {
        const name = toB64u(writer)
        if ((merged.get(name)?.number ?? -1) >= number) continue
        merged.set(name, { writer: name, number, hash: toB64u(hash) })
      }
      if (merged.size > 0) next.set(classId, { startedAt, heads: [...merged.values()] })
    }
    return fitting([...next])
  })
}

/** Classes of which more was seen now than was known before. */
export function freshHeads(
  known: readonly ClassHeads[],
  seen: readonly ClassHeads[],
): readonly ClassHeads[] {
  return seen.filter(({ classId, heads }) => {
    const before = headsOf(known, classId)
    return heads.some((head) => {
      const own = before.find(({ writer }) => same(writer, head.writer))
      return (own?.number ?? -1) < head.number
    })
  })
}

/** The newest classes that the box has room for. */
function fitting(classes: [string, StoredHeads[string]][]): StoredHeads {
  let bytes = 0
  const newestFirst = classes.sort(([, a], [, b]) => b.startedAt - a.startedAt)
  const kept = newestFirst.filter((entry) => (bytes += JSON.stringify(entry).length) <= MOST_BYTES)
  return Object.fromEntries(kept)
}
