/** `keepOut`: people whom a teacher had sent out before the media server was restarted. */
import { Redacted } from '../../redacted.ts'
import type { MemberHandler } from '../handler.ts'

export const keepOut: MemberHandler<'keepOut'> = ({ liveClass }, { people }) => {
  for (const { accountId, name } of people) {
    const memberships = liveClass.membershipsOf(new Redacted(accountId))
    if (memberships.some(({ role }) => role === 'teacher')) continue
    liveClass.moderation.keepOut(accountId, new Redacted(name))
    liveClass.expel(new Redacted(accountId), 'by-teacher')
  }
  return {}
}
