/**
 * One live class: its members in the order in which they joined, its writer, its media and its
 * clock. It tells members what changed and when the class is over. It knows no sockets and no
 * tickets, and holds nothing of any reading.
 */
import { type Cancel, type Clock, every } from '../clock.ts'
import type { ClassMedia } from '../media/class-media.ts'
import { MemberMedia } from '../media/member-media.ts'
import {
  type AccountId,
  type ClassInfo,
  closeCodes,
  type Decision,
  type MemberId,
  type Notification,
  type NotificationData,
  type ProducerInfo,
  type RtpCapabilities,
} from '../protocol/index.ts'
import type { Stamps } from '../stamps.ts'
import type { Member } from './member.ts'
import { Moderation } from './moderation.ts'
import { memberMediaEvents } from './member-media-events.ts'
import { SourcePace } from './source-pace.ts'
import { Talk } from './talk/talk.ts'
import { chooseWriter } from './writer.ts'

export interface LiveClassOptions {
  clock: Clock
  /** A new random UUID. */
  newId: () => string
  stamps: Stamps
  /** How long a membership outlives its connection, in milliseconds. */
  gracePeriod: number
  /** How long a class goes on after its last teacher left, in milliseconds. */
  teacherAbsenceLimit: number
  /** Called once per membership when it is over. */
  onMemberEnded: (member: Member) => void
  /** Called once, when the class is over. */
  onEnded: (liveClass: LiveClass) => void
}

type ReadingsSettings = Pick<ClassInfo, 'readings' | 'intervalSeconds'>

export type EndReason = NotificationData<'classEnded'>['reason']

const CLOCK_NOTICE_MILLISECONDS = 60_000

export class LiveClass {
  readonly #options: LiveClassOptions
  readonly #members = new Map<MemberId, Member>()
  readonly #graces = new Map<MemberId, Cancel>()
  readonly #cancelClock: Cancel
  readonly moderation: Moderation
  readonly talk: Talk
  readonly sourcePace: SourcePace
  /** Another one after a restart of the media server. */
  readonly run: string
  /** What a teacher has said a word on in this run. */
  readonly decided = new Set<Decision>()
  #cancelAbsence: Cancel | null = null
  /** When the newest settings were signed, in seconds since 1970. */
  #settingsHeardAt = 0
  info: ClassInfo
  /** Null only between the death of a media worker and its replacement. */
  media: ClassMedia | null = null
  /** Those of the newest router; every router of the class has the same. */
  rtpCapabilities: RtpCapabilities = {}
  writer: MemberId | null = null
  teacherAbsentSince: number | null = null
  endedAt: number | null = null

  constructor(info: ClassInfo, options: LiveClassOptions) {
    this.info = info
    this.#options = options
    this.run = options.newId()
    this.moderation = new Moderation(this)
    this.sourcePace = new SourcePace(options.clock)
    this.talk = new Talk(this, { ...options, classId: info.id })
    this.#cancelClock = every(options.clock, CLOCK_NOTICE_MILLISECONDS, () => {
      const clock = { notification: 'clock', data: { now: options.clock.now() } } as const
      this.broadcast(clock)
      this.moderation.waitingRoom.tell(clock)
    })
    this.#noteTeachers()
  }

  /** In the order in which they joined. */
  get members(): Member[] {
    return [...this.#members.values()]
  }

  /** What shows, after a restart, that this account was let in. */
  passOf(accountId: AccountId): string {
    return this.#options.stamps.make('pass', [this.info.id, accountId])
  }

  isPass(pass: string | null, accountId: AccountId): boolean {
    return pass !== null && this.#options.stamps.check(pass, 'pass', [this.info.id, accountId])
  }

  member(memberId: MemberId): Member | undefined {
    return this.#members.get(memberId)
  }

  /** Those of one account: its devices and tabs. */
  membershipsOf(accountId: Member['accountId']): Member[] {
    return this.members.filter((member) => member.accountId.equals(accountId))
  }

  /** Until the class ends by itself, in milliseconds; null while a teacher is here. */
  get endsInMs(): number | null {
    const { clock, teacherAbsenceLimit } = this.#options
    if (this.teacherAbsentSince === null) return null
    return Math.max(0, this.teacherAbsentSince + teacherAbsenceLimit - clock.now())
  }

  /** What everyone sends. */
  get producers(): ProducerInfo[] {
    return this.members.flatMap((member) =>
      (member.media?.producers ?? []).map((producer) => ({
        ...producer,
        memberId: member.id.reveal(),
      })),
    )
  }

  /** The member that sends something. */
  ownerOf(producerId: string): Member | undefined {
    return this.members.find((member) => member.media?.sends(producerId) === true)
  }

  /** Takes in a member who is connected already, and tells the others. */
  add(member: Member): void {
    this.#members.set(member.id.reveal(), member)
    if (this.media !== null) this.#giveMedia(member, this.media)
    this.moderation.attendance.came(member, this.#options.clock.now())
    this.broadcast({ notification: 'memberJoined', data: { member: member.describe() } }, member)
    this.talk.came(member)
    this.#settle()
  }

  /** A member's connection is gone: the membership waits for its return. */
  interrupt(member: Member): void {
    if (member.ended) return
    member.connection = null
    const memberId = member.id.reveal()
    this.#graces.get(memberId)?.()
    this.#graces.set(
      memberId,
      this.#options.clock.after(this.#options.gracePeriod, () => {
        this.remove(member)
      }),
    )
    this.#tellUpdated(member)
    this.#settle()
  }

  /** A member is back; its connection is set already. */
  resume(member: Member): void {
    const memberId = member.id.reveal()
    this.#graces.get(memberId)?.()
    this.#graces.delete(memberId)
    this.#tellUpdated(member)
    this.#settle()
  }

  /** A member is known by another name now. */
  rename(member: Member, name: Member['name']): void {
    if (member.name.equals(name)) return
    member.name = name
    this.#tellUpdated(member)
  }

  /** Ends a membership and its media, and tells the others. */
  remove(member: Member): void {
    if (member.ended) return
    this.#drop(member)
    this.broadcast({ notification: 'memberLeft', data: { memberId: member.id.reveal() } })
    this.talk.left(member)
    this.#settle()
  }

  /** Ends all memberships of an account, and says why. */
  expel(accountId: Member['accountId'], reason: NotificationData<'removed'>['reason']): void {
    for (const member of this.membershipsOf(accountId)) {
      const { connection } = member
      member.notify({ notification: 'removed', data: { reason } })
      this.remove(member)
      connection?.end(closeCodes.membershipEnded)
    }
  }

  /** Ends the class for all. */
  end(reason: EndReason): void {
    if (this.endedAt !== null) return
    this.endedAt = this.#options.clock.now()
    this.#cancelClock()
    this.#cancelAbsence?.()
    const ended = { notification: 'classEnded', data: { reason } } as const
    this.moderation.close(ended)
    this.broadcast(ended)
    for (const member of this.members) {
      const { connection } = member
      this.#drop(member)
      connection?.end(closeCodes.classEnded)
    }
    this.media?.close()
    this.media = null
    this.#options.onEnded(this)
  }

  /** Puts media under the class: at its start, and after a worker died. */
  setMedia(media: ClassMedia): void {
    this.media = media
    this.rtpCapabilities = media.rtpCapabilities
    for (const member of this.members) this.#giveMedia(member, media)
    this.broadcast({
      notification: 'mediaReset',
      data: { routerRtpCapabilities: media.rtpCapabilities },
    })
  }

  /** The worker died: until `setMedia`, requests for media are refused with a code. */
  loseMedia(): void {
    this.media = null
    for (const member of this.members) {
      member.media?.close()
      member.media = null
      member.recordChannel = null
    }
  }

  /** Takes what a ticket says of the readings, if no newer word was heard. */
  noteReadings(settings: ReadingsSettings, issuedAtSeconds: number): void {
    const { readings, intervalSeconds } = this.info
    const same = settings.readings === readings && settings.intervalSeconds === intervalSeconds
    if (same || issuedAtSeconds <= this.#settingsHeardAt) return
    this.setReadings(settings, issuedAtSeconds)
  }

  /** Takes new settings of readings; members are told to load them anew in any case. */
  setReadings(settings: Partial<ReadingsSettings>, issuedAtSeconds: number): void {
    this.#settingsHeardAt = issuedAtSeconds
    this.info = { ...this.info, ...settings }
    const { readings, intervalSeconds } = this.info
    this.broadcast({ notification: 'readings', data: { readings, intervalSeconds } })
  }

  /** Tells every member, or all but one. */
  broadcast(notification: Notification, except?: Member): void {
    for (const member of this.#members.values()) {
      if (member !== except) member.notify(notification)
    }
  }

  #giveMedia(member: Member, media: ClassMedia): void {
    member.media = new MemberMedia(media, memberMediaEvents(this, member))
  }

  #drop(member: Member): void {
    const memberId = member.id.reveal()
    member.ended = true
    member.connection = null
    this.#graces.get(memberId)?.()
    this.#graces.delete(memberId)
    this.#members.delete(memberId)
    this.moderation.attendance.left(member, this.#options.clock.now())
    member.media?.close()
    member.media = null
    this.#options.onMemberEnded(member)
  }

  #tellUpdated(member: Member): void {
    this.broadcast({ notification: 'memberUpdated', data: { member: member.describe() } }, member)
  }

  /** Names the writer and notes absence, after any change of members. */
  #settle(): void {
    const writer = chooseWriter(
      this.members.map((member) => member.describe()),
      this.writer,
    )
    if (writer !== this.writer) {
      this.writer = writer
      this.broadcast({ notification: 'writer', data: { memberId: writer } })
    }
    this.#noteTeachers()
  }

  #noteTeachers(): void {
    const present = this.members.some(({ role }) => role === 'teacher')
    if (present) {
      this.#cancelAbsence?.()
      this.#cancelAbsence = null
      if (this.teacherAbsentSince === null) return
      this.teacherAbsentSince = null
      this.broadcast({ notification: 'teacherAbsent', data: { endsInMs: null } })
    } else if (this.teacherAbsentSince === null) {
      const { clock, teacherAbsenceLimit } = this.#options
      this.teacherAbsentSince = clock.now()
      this.#cancelAbsence = clock.after(teacherAbsenceLimit, () => {
        this.end('no-teacher')
      })
      this.broadcast({ notification: 'teacherAbsent', data: { endsInMs: teacherAbsenceLimit } })
    }
  }
}
