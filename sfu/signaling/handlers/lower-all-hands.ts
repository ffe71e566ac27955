/** `lowerAllHands`: a teacher lowers every hand. */
import type { MemberHandler } from '../handler.ts'

export const lowerAllHands: MemberHandler<'lowerAllHands'> = ({ liveClass }) => {
  liveClass.talk.lowerAllHands()
  return {}
}
