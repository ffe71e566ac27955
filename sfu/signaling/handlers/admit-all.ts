/** `admitAll`: lets everyone who waits at the door come in. */
import type { MemberHandler } from '../handler.ts'

export const admitAll: MemberHandler<'admitAll'> = ({ liveClass }) => {
  liveClass.moderation.admitAll()
  return {}
}
