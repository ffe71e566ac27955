/**
 * Which teacher's vault writes the ledger: the one who joined first among those that are connected.
 * Once named it stays, so that nobody's return takes it away; it passes on only when that teacher
 * leaves, or loses the connection while another teacher is there to take over.
 */
import type { MemberId, Role } from '../protocol/index.ts'

export interface WriterCandidate {
  memberId: MemberId
  role: Role
  connected: boolean
}

/**
 * The writer after a change of members.
 *
 * @param candidates all members, in the order in which they joined
 * @param current the writer before
 * @returns null where there is no teacher
 */
export function chooseWriter(
  candidates: readonly WriterCandidate[],
  current: MemberId | null,
): MemberId | null {
  const teachers = candidates.filter(({ role }) => role === 'teacher')
  const holder = teachers.find(({ memberId }) => memberId === current)
  if (holder?.connected === true) return holder.memberId
  const next = teachers.find(({ connected }) => connected) ?? holder ?? teachers[0]
  return next?.memberId ?? null
}
