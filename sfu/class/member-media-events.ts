/**
 * Joins one member's media to the class: what the others are told when it sends, pauses or stops,
 * and what the member itself is told.
 */
import type { MemberMediaEvents } from '../media/member-media.ts'
import type { LiveClass } from './live-class.ts'
import type { Member } from './member.ts'

export function memberMediaEvents(liveClass: LiveClass, member: Member): MemberMediaEvents {
  const memberId = member.id.reveal()
  return {
    onProducerAdded: (producer) => {
      liveClass.broadcast(
        { notification: 'producerAdded', data: { producer: { ...producer, memberId } } },
        member,
      )
    },
    onProducerUpdated: (producerId, paused, resting) => {
      const data = { producerId, paused, ...(resting && { resting }) }
      liveClass.broadcast({ notification: 'producerUpdated', data }, member)
    },
    onProducerClosed: (producerId) => {
      liveClass.broadcast({ notification: 'producerClosed', data: { producerId } }, member)
    },
    onConsumerNotice: (notice) => {
      member.notify(notice)
    },
    onTransportClosed: (transportId) => {
      member.notify({ notification: 'transportClosed', data: { transportId } })
    },
  }
}
