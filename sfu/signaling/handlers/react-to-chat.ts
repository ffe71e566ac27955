/** `reactToChat`: leaves a reaction on a message that this member may see, or takes it away. */
import type { MemberHandler } from '../handler.ts'

export const reactToChat: MemberHandler<'reactToChat'> = ({ liveClass, member }, data) => {
  const { id, reaction, on } = data
  liveClass.talk.chat.react(member, id, reaction, on)
  return {}
}
