/** `askToUnmute`: the member is asked, and decides; being asked opens unmuting for that member. */
import type { MemberHandler } from '../handler.ts'
import { otherMember } from './other-member.ts'

export const askToUnmute: MemberHandler<'askToUnmute'> = ({ liveClass }, { memberId }) => {
  liveClass.moderation.askToUnmute(otherMember(liveClass, memberId))
  return {}
}
