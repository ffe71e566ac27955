/**
 * Who is in the class now, as the page says, seen beside the roster. What a page says may let somebody be counted as
 * present; it must never make anybody a student.
 */
import type { Roster } from '../roster/roster.ts'
import type { PresentMember } from '../verbs.ts'

export class Presence {
  readonly #asked = new Set<string>()
  #members = new Map<string, PresentMember>()

  set(members: readonly PresentMember[]): void {
    this.#members = new Map(members.map((member) => [member.memberId, member]))
  }

  accountOf(memberId: string): string | null {
    return this.#members.get(memberId)?.accountId ?? null
  }

  /** Whether someone is here as a student whom the roster does not know, and for whom it was not looked at yet. */
  hasStrangers(roster: Roster): boolean {
    const strangers = [...this.#members.values()].filter(({ role, accountId }) => {
      return role === 'student' && !roster.isStudent(accountId) && this.unseen(accountId)
    })
    return strangers.length > 0
  }

  /** True the first time that this account is asked for: one look at the roster for each stranger. */
  unseen(accountId: string): boolean {
    if (this.#asked.has(accountId)) return false
    this.#asked.add(accountId)
    return true
  }

  /** The enrolled students who are here. */
  students(roster: Roster): ReadonlySet<string> {
    const students = [...this.#members.values()].filter(
      ({ role, accountId }) => role === 'student' && roster.isStudent(accountId),
    )
    return new Set(students.map(({ accountId }) => accountId))
  }
}
