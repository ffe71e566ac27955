/** `lowerHand`: one's own hand goes down. */
import type { MemberHandler } from '../handler.ts'

export const lowerHand: MemberHandler<'lowerHand'> = ({ liveClass, member }) => {
  liveClass.talk.setOwnHand(member, false)
  return {}
}
