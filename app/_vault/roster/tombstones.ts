/**
 * Judges the tombstones of a course: only what the student signed counts. One that web invents excuses no missing part.
 */
import type { RosterAnswer } from '../../_wire/courses.ts'
import { VaultError } from '../errors.ts'
import { fromB64u, hex } from '../format/bytes.ts'
import type { PublicKeys } from '../format/grant.ts'
import { unverifiedBody, verifyDocument } from '../format/signed.ts'
import { decodeTombstone } from '../format/tombstone.ts'

/**
 * @param everStudents whoever is or was enrolled, by hex of the key id
 * @returns by account, the start of the newest class that is erased
 */
export function readTombstones(
  answer: Pick<RosterAnswer, 'courseId' | 'tombstones'>,
  everStudents: ReadonlyMap<string, { readonly accountId: string; readonly keys: PublicKeys }>,
): ReadonlyMap<string, number> {
  const erased = new Map<string, number>()
  for (const row of answer.tombstones) {
    try {
      const document = fromB64u(row.tombstone)
      const claimed = decodeTombstone(unverifiedBody(document))
      const person = everStudents.get(hex(claimed.signerKey))
      if (person?.accountId !== claimed.accountId || claimed.courseId !== answer.courseId) continue
      verifyDocument('attune/tombstone/1', document, person.keys.sign)
      erased.set(claimed.accountId, Math.max(erased.get(claimed.accountId) ?? 0, claimed.upTo))
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
    }
  }
  return erased
}
