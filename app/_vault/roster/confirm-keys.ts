/**
 * Keys of a course's people that changed out of the ordinary: shows whose, and takes them over once this person has
 * confirmed them. A teacher who confirms vouches for them to the others too, by a new grant. Nothing here may confirm
 * anything that was not asked.
 */
import { hex } from '../format/bytes.ts'
import { hash } from '../sodium.ts'
import type { CourseRole, KeysToConfirm } from '../verbs.ts'
import { grantAnew, type CourseContext } from './course-verbs.ts'
import { loadCourse } from './course-view.ts'
import type { RosterPerson } from './roster.ts'

const FINGERPRINT_BYTES = 10

/** Whose keys wait for confirmation. */
export async function keysToConfirm(
  context: CourseContext,
  courseId: string,
): Promise<KeysToConfirm> {
  const { keysChanged, changed } = await loadCourse(context.http, context.me, courseId)
  const people = changed.map((person) => ({
    accountId: person.accountId,
    name: person.name,
    role: roleOf(person),
    fingerprint: fingerprintOf(person),
  }))
  return { changed: keysChanged, people }
}

/** Takes over the keys that changed; a teacher who holds the course's key hands it to those who lost it. */
export async function confirmKeys(context: CourseContext, courseId: string): Promise<void> {
  const { http, me } = context
  const before = await loadCourse(http, me, courseId)
  const lost = before.changed.filter(({ unconfirmed }) => unconfirmed !== null)
  await loadCourse(http, me, courseId, true)
  for (const { accountId, role } of lost) {
    if (accountId === me.account.accountId) continue
    if (role === 'teacher' || role === 'course-admin') await grantAnew(context, courseId, accountId)
  }
}

function roleOf({ role }: RosterPerson): CourseRole {
  return role === 'none' ? 'student' : role
}

/** Five groups of four, as they are read aloud. */
function fingerprintOf({ keys, unconfirmed }: RosterPerson): string {
  const text = hex(hash((unconfirmed ?? keys).sign).slice(0, FINGERPRINT_BYTES))
  return (text.match(/.{4}/g) ?? []).join(' ')
}
