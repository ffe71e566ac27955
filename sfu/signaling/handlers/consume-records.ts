/** `consumeRecords`: a teacher's one channel with the records of the whole class. */
import { refusedByMediasoup } from '../../media/media-refused.ts'
import { SignalingError } from '../../protocol/index.ts'
import type { MemberHandler } from '../handler.ts'
import { ownMedia } from './own-media.ts'

export const consumeRecords: MemberHandler<'consumeRecords'> = async (
  { liveClass, member },
  { transportId },
) => {
  const transport = ownMedia(member).transport(transportId, 'recv')
  if (member.recordChannel !== null) throw new SignalingError('record-channel-exists')
  if (liveClass.media === null) throw new SignalingError('media-unavailable')
  const dataProducerId = liveClass.media.relay.outletId
  const dataConsumer = await refusedByMediasoup(() =>
    transport.consumeData({ dataProducerId, ordered: true }),
  )
  member.recordChannel = dataConsumer.id
  dataConsumer.observer.once('close', () => {
    if (member.recordChannel === dataConsumer.id) member.recordChannel = null
  })
  const { sctpStreamParameters } = dataConsumer
  // A WebRTC transport with SCTP always gives them.
  if (sctpStreamParameters === undefined) throw new SignalingError('media-refused')
  return { dataConsumerId: dataConsumer.id, dataProducerId, sctpStreamParameters }
}
