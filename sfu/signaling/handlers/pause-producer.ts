/** `pauseProducer`: stops one of the own sources at the server; it stays there to be resumed. */
import type { MemberHandler } from '../handler.ts'
import { ownMedia } from './own-media.ts'

export const pauseProducer: MemberHandler<'pauseProducer'> = async ({ member }, { producerId }) => {
  await ownMedia(member).setProducerPaused(producerId, true)
  return {}
}
