/**
 * Whose signatures count in a case: for people of its course the keys that the signed roster vouches for, for oneself the
 * own ones, for staff of the whole school those that web names. Keys that somebody has put aside still verify what they
 * signed. It hands out public keys alone.
 */
import type { CaseAnswer } from '../../_wire/support.ts'
import type { OpenAccount } from '../account.ts'
import { isVaultError } from '../errors.ts'
import type { KeyOf } from '../format/signed.ts'
import type { Http } from '../http.ts'
import { loadCourse } from '../roster/course-view.ts'
import type { Roster } from '../roster/roster.ts'
import { keyRing, toldKeys } from '../roster/told-keys.ts'

/** The keys of a person of the case. */
export type KeysOf = (accountId: string) => KeyOf

const NOBODY: KeyOf = () => undefined

/** Keys to check a case's authors by. @throws VaultError where the course's roster does not hold */
export async function caseKeys(http: Http, me: OpenAccount, answer: CaseAnswer): Promise<KeysOf> {
  const roster = await rosterOf(http, me, answer)
  const rings = new Map<string, KeyOf>(
    answer.people.map((person) => {
      const vouched = roster?.keysOf(person.id) ?? []
      return [person.id, keyRing(vouched.length > 0 ? vouched : toldKeys(person))]
    }),
  )
  rings.set(me.account.accountId, (id) => me.keys.signedBy(id))
  return (accountId) => rings.get(accountId) ?? NOBODY
}

async function rosterOf(http: Http, me: OpenAccount, answer: CaseAnswer): Promise<Roster | null> {
  if (!answer.course) return null
  try {
    return (await loadCourse(http, me, answer.course.id)).roster
  } catch (error) {
    // Staff of the whole school is not in the course.
    if (isVaultError(error, 'course-not-found')) return null
    throw error
  }
}
