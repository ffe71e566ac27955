/** `raiseHand`: one's own hand goes up, behind those that are up. */
import type { MemberHandler } from '../handler.ts'

export const raiseHand: MemberHandler<'raiseHand'> = ({ liveClass, member }) => {
  liveClass.talk.setOwnHand(member, true)
  return {}
}
