/**
 * Chunks that an earlier visit wrote and could not bring to web: sent when the account opens on this device again, in
 * the order of their chains. Classes that are entered now bring theirs themselves.
 */
import { chunkBody } from '../../_wire/classes.ts'
import { isVaultError } from '../errors.ts'
import type { LateDeps } from '../student/late.ts'

export async function sendLeftChunks(deps: LateDeps, except: ReadonlySet<string>): Promise<void> {
  for (const chunk of await deps.store.chunks(deps.me.account.accountId)) {
    if (except.has(chunk.classId)) continue
    try {
      const body = chunkBody.parse(JSON.parse(chunk.body))
      await deps.http('writeChunk', { id: chunk.classId }, body)
    } catch (error) {
      // It stays on this device; entering its class again deals with what web refuses.
      deps.report(error)
      if (!isVaultError(error, 'readings-expired')) continue
    }
    await deps.store.removeChunk(chunk)
  }
}
