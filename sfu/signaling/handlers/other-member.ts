/** The member that a request is about, or the code that says that they have left. */
import type { LiveClass } from '../../class/live-class.ts'
import type { Member } from '../../class/member.ts'
import { type MemberId, SignalingError } from '../../protocol/index.ts'

/** @throws {SignalingError} `member-unknown` */
export function otherMember(liveClass: LiveClass, memberId: MemberId): Member {
  const member = liveClass.member(memberId)
  if (member === undefined) throw new SignalingError('member-unknown')
  return member
}
