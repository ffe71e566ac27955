/**
 * `produce`: starts to send one source, where the class's rules allow it, at a pace that the others can
 * follow. A microphone takes part in who speaks.
 */
import { kindOfSource, SignalingError } from '../../protocol/index.ts'
import type { MemberHandler } from '../handler.ts'
import { ownMedia } from './own-media.ts'

export const produce: MemberHandler<'produce'> = async ({ liveClass, member }, data) => {
  const { transportId, kind, source, rtpParameters, paused = false } = data
  if (kindOfSource[source] !== kind) throw new SignalingError('producer-kind')
  const { moderation, sourcePace } = liveClass
  if (!paused) moderation.requireSource(member, source)
  const media = ownMedia(member)
  sourcePace.start(member)
  const wasStopped = member.stopped.has(source)
  const producer = await media.produce({ transportId, kind, source, rtpParameters, paused })
  // A stop that came meanwhile found nothing to stop, and was meant for this.
  if (!wasStopped && member.stopped.has(source)) await media.stopSource(source)
  else member.stopped.delete(source)
  // The rules may have changed meanwhile.
  await moderation.holdToRules(member)
  if (source === 'microphone') {
    await liveClass.media?.speakers.add(producer, member.id.reveal())
  }
  return { producerId: producer.id }
}
