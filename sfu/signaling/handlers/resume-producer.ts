/** `resumeProducer`: lets one of the own sources through again. */
import type { MemberHandler } from '../handler.ts'
import { ownMedia } from './own-media.ts'

export const resumeProducer: MemberHandler<'resumeProducer'> = async (
  { member },
  { producerId },
) => {
  await ownMedia(member).setProducerPaused(producerId, false)
  return {}
}
