/** `closeProducer`: ends one of the own sources. */
import type { MemberHandler } from '../handler.ts'
import { ownMedia } from './own-media.ts'

export const closeProducer: MemberHandler<'closeProducer'> = (context, { producerId }) => {
  const { liveClass, member } = context
  const media = ownMedia(member)
  const source = media.sourceOf(producerId)
  member.stopped.delete(source)
  media.closeProducer(producerId)
  if (source === 'screen') liveClass.talk.screenEnded(member)
  return {}
}
