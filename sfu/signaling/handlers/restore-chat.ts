/** `restoreChat`: messages that this media server sent before it was restarted. */
import type { MemberHandler } from '../handler.ts'

export const restoreChat: MemberHandler<'restoreChat'> = ({ liveClass, member }, { messages }) => ({
  taken: liveClass.talk.chat.restore(member, messages),
})
