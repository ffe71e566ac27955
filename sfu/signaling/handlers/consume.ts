/** `consume`: starts to receive what another member of the same class sends, paused. */
import { SignalingError } from '../../protocol/index.ts'
import type { MemberHandler } from '../handler.ts'
import { ownMedia } from './own-media.ts'

export const consume: MemberHandler<'consume'> = async ({ liveClass, member }, { producerId }) => {
  const owner = liveClass.ownerOf(producerId)
  if (owner === undefined || owner === member) throw new SignalingError('producer-unknown')
  return await ownMedia(member).consume(ownMedia(owner).producer(producerId))
}
