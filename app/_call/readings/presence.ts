/**
 * Who is in the class, as the teacher's vault is told it. It must never say more of a person than
 * member, account and role.
 */
import type { PresentMember } from '../../_vault/verbs.ts'
import type { Person } from '../state.ts'

/** The members of a class for the vault. */
export function membersOf(people: readonly Person[]): PresentMember[] {
  return people.map(({ memberId, accountId, role }) => ({ memberId, accountId, role }))
}

/** Whether the same members are there, in the same order. */
export function samePresence(
  one: readonly Pick<Person, 'memberId'>[],
  other: readonly Pick<Person, 'memberId'>[],
): boolean {
  return (
    one.length === other.length &&
    one.every((person, index) => person.memberId === other[index]?.memberId)
  )
}
