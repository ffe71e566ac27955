/** `setRules`: a teacher's word on what students and guests may do, and whether anyone new enters. */
import type { MemberHandler } from '../handler.ts'

export const setRules: MemberHandler<'setRules'> = async ({ liveClass }, change) => {
  liveClass.decided.add('rules')
  await liveClass.moderation.setRules(change)
  return {}
}
