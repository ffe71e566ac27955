/** `closeConsumer`: ends receiving it. */
import type { MemberHandler } from '../handler.ts'
import { ownMedia } from './own-media.ts'

export const closeConsumer: MemberHandler<'closeConsumer'> = ({ member }, { consumerId }) => {
  ownMedia(member).closeConsumer(consumerId)
  return {}
}
