/**
 * How one class is run: what is allowed, who is muted, who may enter. Commands say what shall be, not
 * what shall change, and whoever may see a state is told all of it after each change; so the last word
 * holds, whatever order two teachers' words come in. It decides over members alone, never over media
 * of one who may do what they do, and remembers nothing when the class is over.
 */
import {
  type AccountId,
  type ClassRules,
  MAX_REMEMBERED,
  type MediaSource,
  type ModerationEntry,
  type Notification,
  OPEN_RULES,
  type Permission,
  type RequestData,
  SignalingError,
  type SignalingErrorCode,
  type TicketClaims,
} from '../protocol/index.ts'
import { Redacted } from '../redacted.ts'
import { AttendanceList } from './attendance.ts'
import type { LiveClass } from './live-class.ts'
import type { Member } from './member.ts'
import { WaitingRoom } from './waiting-room.ts'

/** The permission that each source needs. */
const permissionOf: Readonly<Record<MediaSource, Permission>> = {
  microphone: 'unmute',
  camera: 'video',
  screen: 'screen',
  'screen-audio': 'screen',
}

const forbidden: Readonly<Record<Permission, SignalingErrorCode>> = {
  screen: 'screen-forbidden',
  chat: 'chat-forbidden',
  unmute: 'unmute-forbidden',
  video: 'video-forbidden',
}

export class Moderation {
  readonly attendance = new AttendanceList()
  readonly waitingRoom: WaitingRoom
  readonly #class: Pick<LiveClass, 'members' | 'broadcast' | 'remove'>
  readonly #admitted = new Set<AccountId>()
  readonly #removed = new Map<AccountId, Redacted<string>>()
  #rules: ClassRules = OPEN_RULES

  constructor(liveClass: Pick<LiveClass, 'members' | 'broadcast' | 'remove'>) {
    this.#class = liveClass
    this.waitingRoom = new WaitingRoom(() => {
      this.#tellTeachers(this.#waitingNotice())
    })
  }

  get rules(): ClassRules {
    return this.#rules
  }

  /**
   * Whether the bearer of a good ticket enters or waits. Teachers always enter; one who was in the
   * class before is not new, so neither the lock nor the waiting room holds a reload up. While anyone
   * is kept out new guests wait, since whoever throws a cookie away is one, and so do students who
   * enrolled since the class began, since an invite link makes another account one.
   *
   * @param wasIn the bearer can show that it was let in before
   * @throws {SignalingError} `removed-from-class`, `class-locked`
   */
  judge(
    { sub, role, wait, newcomer }: Pick<TicketClaims, 'sub' | 'role' | 'wait' | 'newcomer'>,
    wasIn = false,
  ): 'enter' | 'wait' {
    if (this.#removed.has(sub)) throw new SignalingError('removed-from-class')
    if (role === 'teacher') return 'enter'
    if (wasIn || this.attendance.has(sub) || this.#admitted.has(sub)) return 'enter'
    if (this.#rules.locked) throw new SignalingError('class-locked')
    const maySeemNew = role === 'guest' || newcomer
    return wait || (maySeemNew && this.#removed.size > 0) ? 'wait' : 'enter'
  }

  /** Whether a member may do what a permission is about. */
  may(member: Member, permission: Permission): boolean {
    if (member.role === 'teacher' || this.#rules.permissions[permission]) return true
    return permission === 'unmute' && member.askedToSpeak
  }

  /** @throws {SignalingError} the permission's code where the member may not */
  require(member: Member, permission: Permission): void {
    if (!this.may(member, permission)) throw new SignalingError(forbidden[permission])
  }

  /** @throws {SignalingError} where the member may not send from this source now */
  requireSource(member: Member, source: MediaSource): void {
    this.require(member, permissionOf[source])
  }

  /** Whether a member's source may be shown as resting: a camera, not stopped by anybody. */
  mayRest(member: Member, source: MediaSource): boolean {
    const asked = this.#rules.restHiddenVideo && member.role !== 'teacher'
    return asked && source === 'camera' && !member.stopped.has(source)
  }

  /** Sets what is given of the rules, and holds everyone to them at once. */
  async setRules(change: RequestData<'setRules'>): Promise<void> {
    const { permissions, locked, restHiddenVideo } = this.#rules
    this.#rules = {
      permissions: { ...permissions, ...change.permissions },
      locked: change.locked ?? locked,
      restHiddenVideo: change.restHiddenVideo ?? restHiddenVideo,
    }
    if (change.permissions?.unmute === false) this.#takeTheFloor()
    this.#class.broadcast({ notification: 'rules', data: { rules: this.#rules } })
    await Promise.all(this.#class.members.map((member) => this.holdToRules(member)))
  }

  /** Stops what a member sends and may not: after a change of rules, and where one raced with it. */
  async holdToRules(member: Member): Promise<void> {
    const sources = (member.media?.producers ?? [])
      .filter(({ paused, resting }) => !paused || resting === true)
      .filter(({ source }) => !this.may(member, permissionOf[source]))
      .map(({ source }) => source)
    await Promise.all(sources.map((source) => this.#stop(member, source, 'rules')))
  }

  /** Mutes all but teachers. Whoever may unmute can do so again. */
  async muteAll(): Promise<void> {
    this.#takeTheFloor()
    const others = this.#class.members.filter(({ role }) => role !== 'teacher')
    await Promise.all(others.map((member) => this.#stop(member, 'microphone', 'teacher')))
  }

  /** Stops one source of a member; the member may start it again where the rules allow. */
  async stop(member: Member, source: MediaSource): Promise<void> {
    if (source === 'microphone') member.askedToSpeak = false
    await this.#stop(member, source, 'teacher')
  }

  /** Asks a member to unmute, who from now on may, until muted again. */
  askToUnmute(member: Member): void {
    member.askedToSpeak = true
    member.notify({ notification: 'unmuteAsked', data: {} })
  }

  /**
   * Keeps a person out until the class ends or a teacher lets them back in. Memberships that stand are
   * the caller's to end.
   */
  keepOut(accountId: AccountId, name: Redacted<string>): void {
    this.#admitted.delete(accountId)
    this.#removed.set(accountId, name)
    this.#tellTeachers(this.#removedNotice())
  }

  /** Whether a teacher let this person in at the door, or back in, and did not send them out again. */
  wasLetIn(accountId: AccountId): boolean {
    return this.#admitted.has(accountId)
  }

  /** @throws {SignalingError} `not-removed` */
  letBackIn(accountId: AccountId): void {
    if (!this.#removed.delete(accountId)) throw new SignalingError('not-removed')
    this.#admitted.add(accountId)
    this.#tellTeachers(this.#removedNotice())
  }

  /** @throws {SignalingError} `not-waiting` */
  admit(accountId: AccountId): void {
    if (!this.waitingRoom.release(accountId, 'admitted')) throw new SignalingError('not-waiting')
    this.#admitted.add(accountId)
  }

  admitAll(): void {
    for (const { accountId } of this.waitingRoom.describe()) this.admit(accountId)
  }

  /** @throws {SignalingError} `not-waiting` */
  decline(accountId: AccountId): void {
    if (!this.waitingRoom.release(accountId, 'declined')) throw new SignalingError('not-waiting')
  }

  /** What a member learns on entry and on resuming. */
  describeTo(member: Member): Omit<ModerationEntry, 'endsInMs'> {
    const teaches = member.role === 'teacher'
    return {
      rules: this.#rules,
      stopped: [...member.stopped],
      waiting: teaches ? this.waitingRoom.describe() : [],
      removed: teaches ? this.#describeRemoved() : [],
    }
  }

  /** The class is about to end: teachers get the list of attendance, those at the door the news. */
  close(ended: Extract<Notification, { notification: 'classEnded' }>): void {
    this.#tellTeachers({
      notification: 'attendance',
      data: { people: this.attendance.describe() },
    })
    this.waitingRoom.tell(ended)
    this.waitingRoom.close()
  }

  async #stop(member: Member, source: MediaSource, by: 'teacher' | 'rules'): Promise<void> {
    const { media } = member
    // The browser alone knows what it will send of what is not there now: media may just have been lost.
    const stopped = media === null || !media.sendsFrom(source) || (await media.stopSource(source))
    if (!stopped || member.ended) return
    member.stopped.add(source)
    member.notify({ notification: 'sourceStopped', data: { source, by } })
  }

  /** Whoever was asked to speak has spoken. */
  #takeTheFloor(): void {
    for (const member of this.#class.members) member.askedToSpeak = false
  }

  #waitingNotice(): Notification {
    return { notification: 'waiting', data: { people: this.waitingRoom.describe() } }
  }

  #removedNotice(): Notification {
    return { notification: 'removedPeople', data: { people: this.#describeRemoved() } }
  }

  #describeRemoved(): { accountId: AccountId; name: string }[] {
    return [...this.#removed]
      .slice(-MAX_REMEMBERED)
      .map(([accountId, name]) => ({ accountId, name: name.reveal() }))
  }

  #tellTeachers(notification: Notification): void {
    for (const member of this.#class.members) {
      if (member.role === 'teacher') member.notify(notification)
    }
  }
}
