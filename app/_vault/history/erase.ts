/**
 * Erases the own readings of one course, at once and with no teacher: a tombstone signed here, web's copies gone, and
 * this device's sealed copies with them. Nobody else's word can do it.
 */
import type { OpenAccount } from '../account.ts'
import { isVaultError } from '../errors.ts'
import { signDocument } from '../format/signed.ts'
import { encodeTombstone } from '../format/tombstone.ts'
import type { Http } from '../http.ts'
import { toB64u } from '../sodium.ts'
import type { VaultStore } from '../store.ts'
import { ownParts } from './my-readings.ts'

export interface EraseDeps {
  readonly http: Http
  readonly me: OpenAccount
  readonly store: VaultStore
}

/** @throws VaultError `erase-outdated` when classes begin faster than this can be signed */
export async function eraseReadings(deps: EraseDeps, courseId: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const classes = await classesOf(deps, courseId)
    try {
      await bury(deps, courseId, Math.max(0, ...classes.values()))
    } catch (error) {
      if (!isVaultError(error, 'erase-outdated') || attempt === 2) throw error
      continue
    }
    const { store, me } = deps
    const kept = await store.outbox(me.account.accountId)
    await store.removeOutbox(kept.filter(({ classId }) => classes.has(classId)))
    return
  }
}

/** Starts of the course's classes as web tells them; of somebody who has left, those with own parts. */
async function classesOf(deps: EraseDeps, courseId: string): Promise<ReadonlyMap<string, number>> {
  const classes = new Map<string, number>()
  for await (const cls of ownParts(deps.http)) {
    if (cls.courseId === courseId) classes.set(cls.classId, cls.startedAt)
  }
  try {
    const course = await deps.http('course', { id: courseId }, null)
    for (const { id, startedAt } of course.classes) classes.set(id, startedAt)
  } catch (error) {
    if (!isVaultError(error, 'course-not-found')) throw error
  }
  return classes
}

async function bury({ http, me }: EraseDeps, courseId: string, upTo: number): Promise<void> {
  const { accountId } = me.account
  const body = encodeTombstone({ courseId, accountId, signerKey: me.keys.id, upTo })
  const tombstone = toB64u(signDocument('attune/tombstone/1', body, me.keys.signKey))
  await http('eraseOwn', { id: courseId }, { tombstone, upTo })
}
