/** `pauseConsumer`: nothing more is sent of it to this member. */
import type { MemberHandler } from '../handler.ts'
import { ownMedia } from './own-media.ts'

export const pauseConsumer: MemberHandler<'pauseConsumer'> = async ({ member }, { consumerId }) => {
  await ownMedia(member).setConsumerPaused(consumerId, true)
  return {}
}
