/**
 * Records without a receipt go to web, unchanged, when no teacher is there to take them: the class is over, this
 * student left, or nobody writes. Web keeps the sealed bytes for the next teacher's vault. Nothing is dropped here
 * before web has it, but for what is older than web would keep it.
 */
import type { OpenAccount } from '../account.ts'
import { isVaultError } from '../errors.ts'
import type { Http } from '../http.ts'
import { toB64u } from '../sodium.ts'
import type { OutboxEntry, VaultStore } from '../store.ts'

const BATCH = 100
const KEPT_MS = 30 * 24 * 3600 * 1000

export interface LateDeps {
  readonly http: Http
  readonly store: VaultStore
  readonly me: OpenAccount
  readonly now: () => number
  readonly report: (error: unknown) => void
}

/**
 * Hands this class's records without a receipt to web.
 * @param before only records of intervals below this one; all when left out
 */
export async function sendLate(deps: LateDeps, classId: string, before = Infinity): Promise<void> {
  const all = await deps.store.outbox(deps.me.account.accountId, classId)
  const entries = all.filter(({ interval }) => interval < before)
  for (let at = 0; at < entries.length; at += BATCH) {
    if (!(await handOver(deps, classId, entries.slice(at, at + BATCH)))) return
  }
}

/** Hands over what earlier visits left behind, class by class. */
export async function sendAllLate(deps: LateDeps, except: ReadonlySet<string>): Promise<void> {
  const all = await deps.store.outbox(deps.me.account.accountId)
  const stale = all.filter(({ createdAt }) => createdAt < deps.now() - KEPT_MS)
  await deps.store.removeOutbox(stale)
  const classes = new Set(all.map(({ classId }) => classId))
  for (const classId of classes) if (!except.has(classId)) await sendLate(deps, classId)
}

/** False: web is away, or wants none of whoever is no student now; the records stay here. */
async function handOver(
  deps: LateDeps,
  classId: string,
  entries: readonly OutboxEntry[],
): Promise<boolean> {
  try {
    const records = entries.map(({ bytes }) => toB64u(bytes))
    await deps.http('sendLateRecords', { id: classId }, { records })
  } catch (error) {
    // A student given another role in mid-class: this waits in case that is taken back, and is nothing to tell.
    if (!isVaultError(error, 'not-permitted')) deps.report(error)
    const gone = isVaultError(
      error,
      'class-not-found',
      'removed-from-course',
      'readings-off',
      'readings-expired',
    )
    if (!gone) return false
  }
  await deps.store.removeOutbox(entries)
  return true
}
