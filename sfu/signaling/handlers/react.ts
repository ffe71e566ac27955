/** `react`: a sign to everyone that is gone in a moment. */
import type { MemberHandler } from '../handler.ts'

export const react: MemberHandler<'react'> = ({ liveClass, member }, { reaction }) => {
  liveClass.talk.react(member, reaction)
  return {}
}
