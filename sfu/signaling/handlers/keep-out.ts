/**
 * `keepOut`: people whom a teacher had sent out before the media server was restarted. Whom a teacher has
 * let in since stays in.
 */
import { Redacted } from '../../redacted.ts'
import type { MemberHandler } from '../handler.ts'

export const keepOut: MemberHandler<'keepOut'> = ({ liveClass }, { people }) => {
  liveClass.decided.add('removed')
  for (const { accountId, name } of people) {
    const memberships = liveClass.membershipsOf(new Redacted(accountId))
    if (memberships.some(({ role }) => role === 'teacher')) continue
    if (liveClass.moderation.wasLetIn(accountId)) continue
    liveClass.moderation.keepOut(accountId, new Redacted(name))
    liveClass.expel(new Redacted(accountId), 'by-teacher')
  }
  return {}
}
