/** `letBackIn`: one who was removed may enter again, past the waiting room. */
import type { MemberHandler } from '../handler.ts'

export const letBackIn: MemberHandler<'letBackIn'> = ({ liveClass }, { accountId }) => {
  liveClass.moderation.letBackIn(accountId)
  return {}
}
