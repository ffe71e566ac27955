/**
 * What a call looks like from outside: one immutable snapshot, and how it follows from what the
 * media server says. Pure; it must never hold a connection or a device.
 */
import type {
  ClassInfo,
  Entry,
  MediaSource,
  Member,
  Notification,
  ProducerInfo,
  Role,
} from '../../sfu/protocol/index.ts'
import type { CallEnd } from './signaling/session.ts'

/** What one person sends of one source. */
export type Feed = {
  producerId: string | null
  /** Muted or stopped by its sender. */
  paused: boolean
  /** Paused by itself, for as long as its sender's tab is hidden. */
  resting?: boolean
  /** The track to play; null while it is not received (or not sent yet). */
  track: MediaStreamTrack | null
}

export type Person = {
  memberId: string
  accountId: string
  name: string
  role: Role
  /** False while this person's connection is interrupted. */
  connected: boolean
  isSelf: boolean
  feeds: Readonly<Partial<Record<MediaSource, Feed>>>
}

export type Connection = 'connecting' | 'connected' | 'reconnecting'

export type CallState = {
  /** `waiting`: a teacher has to let this person in. */
  phase: 'joining' | 'waiting' | 'joined' | 'ended'
  connection: Connection
  /** Why the call is over; null while it is not. */
  end: CallEnd | null
  selfId: string | null
  role: Role | null
  class: ClassInfo | null
  /** Everyone in the class, oneself included, in the order of the media server. */
  people: readonly Person[]
  activeSpeakerId: string | null
  /** The member whose vault keeps the ledger now. */
  writerId: string | null
  /** The code of what stops something now but not the call; null once media stands again. */
  problem: string | null
}

export const INITIAL_STATE: CallState = {
  phase: 'joining',
  connection: 'connecting',
  end: null,
  selfId: null,
  role: null,
  class: null,
  people: [],
  activeSpeakerId: null,
  writerId: null,
  problem: null,
}

/** Members and producers as the media server tells them. */
export type Roll = {
  members: readonly Member[]
  producers: readonly ProducerInfo[]
}

export const EMPTY_ROLL: Roll = { members: [], producers: [] }

export function rollOf(entry: Entry): Roll {
  return { members: entry.members, producers: entry.producers }
}

/** The roll after a notification; the same object when it says nothing of members or producers. */
export function followRoll(roll: Roll, message: Notification): Roll {
  const { members, producers } = roll
  switch (message.notification) {
    case 'memberJoined':
    case 'memberUpdated': {
      const { member } = message.data
      const known = members.some(({ memberId }) => memberId === member.memberId)
      return {
        producers,
        members: known
          ? members.map((other) => (other.memberId === member.memberId ? member : other))
          : [...members, member],
      }
    }
    case 'memberLeft': {
      const { memberId } = message.data
      return {
        members: members.filter((member) => member.memberId !== memberId),
        producers: producers.filter((producer) => producer.memberId !== memberId),
      }
    }
    case 'producerAdded': {
      const { producer } = message.data
      const others = producers.filter(({ producerId }) => producerId !== producer.producerId)
      return { members, producers: [...others, producer] }
    }
    case 'producerUpdated': {
      const { producerId, paused, resting = false } = message.data
      return {
        members,
        producers: producers.map((producer) =>
          producer.producerId === producerId ? { ...producer, paused, resting } : producer,
        ),
      }
    }
    case 'producerClosed': {
      const { producerId } = message.data
      return {
        members,
        producers: producers.filter((producer) => producer.producerId !== producerId),
      }
    }
    default:
      return roll
  }
}

/**
 * The people of a roll, with what they send.
 *
 * @param previous the people so far: whoever did not change stays the same object
 * @param trackOf the received track of a producer
 * @param own what this device sends, whether or not it has arrived
 */
export function peopleOf(
  previous: readonly Person[],
  { members, producers }: Roll,
  selfId: string | null,
  trackOf: (producerId: string) => MediaStreamTrack | null,
  own: Readonly<Partial<Record<MediaSource, Feed>>>,
): readonly Person[] {
  const people = members.map((member): Person => {
    const isSelf = member.memberId === selfId
    const feeds: Partial<Record<MediaSource, Feed>> = {}
    if (isSelf) Object.assign(feeds, own)
    else {
      for (const { producerId, memberId, source, paused, resting = false } of producers) {
        if (memberId !== member.memberId) continue
        feeds[source] = { producerId, paused, resting, track: trackOf(producerId) }
      }
    }
    const person: Person = {
      memberId: member.memberId,
      accountId: member.accountId,
      name: member.name,
      role: member.role,
      connected: member.connected,
      isSelf,
      feeds,
    }
    const before = previous.find(({ memberId }) => memberId === person.memberId)
    return before !== undefined && samePerson(before, person) ? before : person
  })
  const unchanged =
    people.length === previous.length && people.every((person, index) => person === previous[index])
  return unchanged ? previous : people
}

const SOURCES: readonly MediaSource[] = ['camera', 'microphone', 'screen', 'screen-audio']

function samePerson(one: Person, other: Person): boolean {
  return (
    one.name === other.name &&
    one.role === other.role &&
    one.connected === other.connected &&
    one.isSelf === other.isSelf &&
    SOURCES.every((source) => sameFeed(one.feeds[source], other.feeds[source]))
  )
}

function sameFeed(one: Feed | undefined, other: Feed | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  return (
    one.producerId === other.producerId &&
    one.paused === other.paused &&
    (one.resting ?? false) === (other.resting ?? false) &&
    one.track === other.track
  )
}
