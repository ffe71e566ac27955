/** `sendChat`: a message to all, where the class's rules allow it, or to the teachers. */
import type { MemberHandler } from '../handler.ts'

export const sendChat: MemberHandler<'sendChat'> = ({ liveClass, member }, message) => {
  if (message.to === 'all') liveClass.moderation.require(member, 'chat')
  return { id: liveClass.talk.chat.send(member, message) }
}
