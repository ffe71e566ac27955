/**
 * `removeMember`: ends every membership of that member's account, media and records with it, and keeps
 * the account out. The course page, not this, is the place to part with a teacher.
 */
import { SignalingError } from '../../protocol/index.ts'
import type { MemberHandler } from '../handler.ts'
import { otherMember } from './other-member.ts'

export const removeMember: MemberHandler<'removeMember'> = ({ liveClass }, { memberId }) => {
  const { accountId, name, role } = otherMember(liveClass, memberId)
  if (role === 'teacher') throw new SignalingError('teacher-protected')
  liveClass.moderation.keepOut(accountId.reveal(), name)
  liveClass.expel(accountId, 'by-teacher')
  return {}
}
