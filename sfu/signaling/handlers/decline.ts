/** `decline`: sends one who waits at the door away; they may knock again. */
import type { MemberHandler } from '../handler.ts'

export const decline: MemberHandler<'decline'> = ({ liveClass }, { accountId }) => {
  liveClass.moderation.decline(accountId)
  return {}
}
