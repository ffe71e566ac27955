/** `pauseProducer`: stops one of the own sources at the server; it stays there to be resumed. */
import type { MemberHandler } from '../handler.ts'
import { ownMedia } from './own-media.ts'

export const pauseProducer: MemberHandler<'pauseProducer'> = async ({ member }, { producerId }) => {
  const media = ownMedia(member)
  member.stopped.delete(media.sourceOf(producerId))
  await media.setProducerPaused(producerId, true)
  return {}
}
