/** `setRules`: a teacher's word on what students and guests may do, and whether anyone new enters. */
import { classRulesSchema } from '../../protocol/index.ts'
import type { MemberHandler } from '../handler.ts'

export const setRules: MemberHandler<'setRules'> = async ({ liveClass }, change) => {
  // One switch says nothing of the others, which a browser may still know from before a restart.
  if (classRulesSchema.safeParse(change).success) liveClass.decided.add('rules')
  await liveClass.moderation.setRules(change)
  return {}
}
