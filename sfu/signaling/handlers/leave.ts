/** `leave`: ends the own membership at once, without a grace period. */
import type { MemberHandler } from '../handler.ts'

export const leave: MemberHandler<'leave'> = ({ liveClass, member }) => {
  liveClass.remove(member)
  return {}
}
