/**
 * Takes out of this device's copies what a student had erased: records not yet in a chunk, and parts of chunks that web
 * has not accepted. Their manifests go on naming the parts; the tombstone excuses that they are gone.
 */
import { chunkBody } from '../../_wire/classes.ts'
import type { StoredChunk, VaultStore } from '../store.ts'

/** A chunk without the parts and keys of these people; the same object where it has none. */
export function withoutErased(chunk: StoredChunk, erased: ReadonlySet<string>): StoredChunk {
  const body = chunkBody.parse(JSON.parse(chunk.body))
  const remains = ({ accountId }: { accountId: string }): boolean => !erased.has(accountId)
  const parts = body.parts.filter(remains)
  if (parts.length === body.parts.length) return chunk
  const contentKeys = body.contentKeys.filter(remains)
  return { ...chunk, body: JSON.stringify({ ...body, parts, contentKeys }) }
}

/** @param identities records of theirs that the ledger knew */
export async function dropErased(
  store: VaultStore,
  own: { readonly accountId: string; readonly classId: string },
  erased: ReadonlySet<string>,
  identities: ReadonlySet<string>,
): Promise<void> {
  const { accountId, classId } = own
  const kept = await store.inbox(accountId, classId)
  const gone = kept.flatMap(({ identity }) => (identities.has(identity) ? [identity] : []))
  await store.removeInbox(accountId, classId, gone)
  for (const chunk of await store.chunks(accountId, classId)) {
    const rest = withoutErased(chunk, erased)
    if (rest !== chunk) await store.putChunk(rest)
  }
}
