/** `muteAll`: pauses every microphone but teachers' at the server. */
import type { MemberHandler } from '../handler.ts'

export const muteAll: MemberHandler<'muteAll'> = async ({ liveClass }) => {
  await liveClass.moderation.muteAll()
  return {}
}
