/** `admit`: lets one who waits at the door come in. */
import type { MemberHandler } from '../handler.ts'

export const admit: MemberHandler<'admit'> = ({ liveClass }, { accountId }) => {
  liveClass.moderation.admit(accountId)
  return {}
}
