/** `resumeConsumer`: sends it to this member, starting with a key frame. */
import type { MemberHandler } from '../handler.ts'
import { ownMedia } from './own-media.ts'

export const resumeConsumer: MemberHandler<'resumeConsumer'> = async (
  { member },
  { consumerId },
) => {
  await ownMedia(member).setConsumerPaused(consumerId, false)
  return {}
}
