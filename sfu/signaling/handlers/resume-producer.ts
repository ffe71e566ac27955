/** `resumeProducer`: lets one of the own sources through again, where the class's rules allow it. */
import type { MemberHandler } from '../handler.ts'
import { ownMedia } from './own-media.ts'

export const resumeProducer: MemberHandler<'resumeProducer'> = async (
  { liveClass, member },
  { producerId },
) => {
  const media = ownMedia(member)
  const source = media.sourceOf(producerId)
  liveClass.moderation.requireSource(member, source)
  liveClass.sourcePace.switch(member)
  member.stopped.delete(source)
  await media.setProducerPaused(producerId, false)
  // The rules may have changed meanwhile.
  await liveClass.moderation.holdToRules(member)
  return {}
}
