/**
 * Who is a guest to the lobby and to the words after a class. It must never go by the role in the
 * class: course admins enter it in a guest's role, yet have an account, a name and a course to go back to.
 */
import type { ClassAnswer } from '../../_wire/visit.ts'

/** Whether this person is here by the link alone, without a place in the course. */
export function isGuest({ courseRole }: Pick<ClassAnswer, 'courseRole'>): boolean {
  return courseRole === null
}
