/** `produceData`: a student's one record channel. Who sends on it is the owner of the transport. */
import { uuidBytes } from '../../class/uuid-bytes.ts'
import { refusedByMediasoup } from '../../media/media-refused.ts'
import { SignalingError } from '../../protocol/index.ts'
import type { MemberHandler } from '../handler.ts'
import { ownMedia } from './own-media.ts'

export const produceData: MemberHandler<'produceData'> = async (
  { liveClass, member, services },
  { transportId, sctpStreamParameters },
) => {
  const transport = ownMedia(member).transport(transportId, 'send')
  if (member.recordChannel !== null) throw new SignalingError('record-channel-exists')
  if (member.records.barred) throw new SignalingError('record-channel-barred')
  if (liveClass.media === null) throw new SignalingError('media-unavailable')
  const { relay } = liveClass.media
  const dataProducer = await refusedByMediasoup(() =>
    transport.produceData({ sctpStreamParameters }),
  )
  member.recordChannel = dataProducer.id
  dataProducer.observer.once('close', () => {
    if (member.recordChannel === dataProducer.id) member.recordChannel = null
  })
  try {
    await relay.attach({
      dataProducer,
      sender: uuidBytes(member.id.reveal()),
      budget: member.records,
      onOffence: (code) => {
        services.log.warn({ reason: code, class: liveClass.info.id }, 'record channel closed')
        member.notify({ notification: 'recordChannelClosed', data: { code } })
      },
    })
  } catch (error) {
    dataProducer.close()
    throw new SignalingError('media-unavailable', { cause: error })
  }
  return { dataProducerId: dataProducer.id }
}
