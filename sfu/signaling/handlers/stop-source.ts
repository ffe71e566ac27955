/** `stopSource`: pauses one member's microphone or camera at the server, or ends a shared screen. */
import type { MemberHandler } from '../handler.ts'
import { otherMember } from './other-member.ts'

export const stopSource: MemberHandler<'stopSource'> = async (
  { liveClass },
  { memberId, source },
) => {
  await liveClass.moderation.stop(otherMember(liveClass, memberId), source)
  return {}
}
