/**
 * The heads that this teacher saw last, by class and writer, in a box to self: web can neither read nor forge it, so
 * that a history that went back is noticed on any device.
 */
import { z } from 'zod'
import { fromB64u } from '../format/bytes.ts'
import type { Head } from '../format/manifest.ts'
import type { Http } from '../http.ts'
import type { AccountKeys } from '../keys/account-keys.ts'
import { SelfBox } from '../roster/pins.ts'
import { toB64u } from '../sodium.ts'

const headSchema = z.strictObject({ writer: z.string(), number: z.int(), hash: z.string() })
/** Class id to heads, oldest class first. */
const headsSchema = z.record(z.string(), z.array(headSchema))
type Heads = z.infer<typeof headsSchema>

/** Classes remembered in one box, which holds 64 KiB. */
const CLASSES_KEPT = 100

function headsBox(http: Http, keys: AccountKeys, courseId: string): SelfBox<Heads> {
  return new SelfBox(http, keys, `heads:${courseId}`, headsSchema)
}

export async function readHeads(
  http: Http,
  keys: AccountKeys,
  courseId: string,
  classId: string,
): Promise<readonly Head[]> {
  const { value } = await headsBox(http, keys, courseId).read()
  return (value?.[classId] ?? []).map(({ writer, number, hash }) => ({
    writer: fromB64u(writer, 16),
    number,
    hash: fromB64u(hash, 32),
  }))
}

/** Remembers heads; one that is older than what is remembered changes nothing. */
export async function writeHeads(
  http: Http,
  keys: AccountKeys,
  courseId: string,
  classId: string,
  heads: readonly Head[],
): Promise<void> {
  await headsBox(http, keys, courseId).update((seen) => {
    const merged = new Map((seen?.[classId] ?? []).map((head) => [head.writer, head]))
    for (const { writer, number, hash } of heads) {
      const name = toB64u(writer)
      if ((merged.get(name)?.number ?? -1) >= number) continue
      merged.set(name, { writer: name, number, hash: toB64u(hash) })
    }
    const others = Object.entries(seen ?? {}).filter(([id]) => id !== classId)
    const kept = others.slice(-(CLASSES_KEPT - 1))
    return Object.fromEntries([...kept, [classId, [...merged.values()]]])
  })
}
