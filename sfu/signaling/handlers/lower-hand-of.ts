/** `lowerHandOf`: a teacher lowers one person's hand; one that is down already stays so. */
import type { MemberHandler } from '../handler.ts'

export const lowerHandOf: MemberHandler<'lowerHandOf'> = ({ liveClass }, { accountId }) => {
  liveClass.talk.lowerHandOf(accountId)
  return {}
}
