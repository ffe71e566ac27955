/** `closeProducer`: ends one of the own sources. */
import type { MemberHandler } from '../handler.ts'
import { ownMedia } from './own-media.ts'

export const closeProducer: MemberHandler<'closeProducer'> = ({ member }, { producerId }) => {
  const media = ownMedia(member)
  member.stopped.delete(media.sourceOf(producerId))
  media.closeProducer(producerId)
  return {}
}
