/** `setSpotlight`: a teacher puts a person or a shared screen in front for all, or takes it away. */
import type { MemberHandler } from '../handler.ts'

export const setSpotlight: MemberHandler<'setSpotlight'> = ({ liveClass }, { spotlight }) => {
  liveClass.talk.setSpotlight(spotlight)
  liveClass.decided.add('spotlight')
  return {}
}
