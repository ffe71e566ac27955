/**
 * `pauseProducer`: stops one of the own sources at the server; it stays there to be resumed. One that
 * only rests is no choice of the person's, so what a teacher stopped stays stopped. A person's own pause
 * is never refused for coming too often.
 */
import type { MemberHandler } from '../handler.ts'
import { ownMedia } from './own-media.ts'

export const pauseProducer: MemberHandler<'pauseProducer'> = async (
  { liveClass, member },
  { producerId, resting = false },
) => {
  const media = ownMedia(member)
  const source = media.sourceOf(producerId)
  if (resting) liveClass.sourcePace.switch(member)
  else member.stopped.delete(source)
  const rests = resting && liveClass.moderation.mayRest(member, source)
  await media.setProducerPaused(producerId, true, rests)
  return {}
}
