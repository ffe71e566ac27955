/**
 * How the class is run, as this device sees it: what is allowed here, what a teacher stopped, who waits
 * and who was removed; and a teacher's commands. What the media server stopped is switched off here
 * too, before anything is sent again. It must never switch anything on: that is for the person alone.
 */
import {
  accountIdSchema,
  type Attendance,
  type ClassRules,
  type Entry,
  type MediaSource,
  memberIdSchema,
  type Notification,
  OPEN_RULES,
  type Permission,
  type Permissions,
  type RemovedPerson,
  type RequestData,
  type WaitingPerson,
} from '../../../sfu/protocol/index.ts'
import type { Call } from '../call.ts'
import type { LocalMedia } from '../devices/local-media.ts'
import { Emitter, type Listenable } from '../emitter.ts'
import { codeOf } from '../errors.ts'
import type { ScreenShare } from '../screen/screen-share.ts'
import { createStore, type ReadableStore, type Store } from '../store.ts'
import { browserTimers, type Timers } from '../timers.ts'

export type ModerationState = {
  rules: ClassRules
  /** What this member may do now; a teacher may everything. */
  may: Permissions
  /** A teacher asks this member to unmute, and waits for an answer. */
  asked: boolean
  /** For teachers. */
  waiting: readonly WaitingPerson[]
  removed: readonly RemovedPerson[]
  /** When the class ends for want of a teacher, by this device's clock; null while one is here. */
  endsAt: number | null
  /** For teachers, once the class is over: who attended. */
  attendance: readonly Attendance[] | null
}

export type ModerationEvents = {
  /** One of the own sources, which was on, was stopped. */
  stopped: { source: MediaSource; by: 'teacher' | 'rules' }
  /** This person tried what is not allowed now. */
  forbidden: { permission: Permission }
}

export type ModerationOptions = {
  call: Pick<Call, 'events' | 'state' | 'request'>
  localMedia: Pick<LocalMedia, 'state' | 'setCamera' | 'setMicrophone'>
  screen: Pick<ScreenShare, 'state' | 'stop'>
  timers?: Timers
}

/** The permission that a device of one's own needs. */
const DEVICES = { microphone: 'unmute', camera: 'video' } as const

/** Another teacher was faster: what was wanted is decided already. */
const DECIDED: ReadonlySet<string> = new Set(['not-waiting', 'not-removed', 'member-unknown'])

export class Moderation {
  readonly #options: ModerationOptions
  readonly #timers: Timers
  readonly #events = new Emitter<ModerationEvents>()
  readonly #store: Store<ModerationState>
  #teaches = false
  /** A teacher asked this member to speak, which opens unmuting until the next muting. */
  #askedToSpeak = false

  constructor(options: ModerationOptions) {
    this.#options = options
    this.#timers = options.timers ?? browserTimers
    this.#store = createStore<ModerationState>({
      rules: OPEN_RULES,
      may: OPEN_RULES.permissions,
      asked: false,
      waiting: [],
      removed: [],
      endsAt: null,
      attendance: null,
    })
    const { call, localMedia } = options
    call.events.on('entering', ({ entry }) => {
      this.#entered(entry)
    })
    call.events.on('notification', (message) => {
      this.#follow(message)
    })
    call.events.on('forbidden', ({ source }) => {
      this.#refused(source)
    })
    const stopWatching = localMedia.state.subscribe(() => {
      const { phase } = call.state.getState()
      // One who waits at the door is not in yet, and may look as they like.
      if (phase !== 'ended' && phase !== 'waiting') this.#holdDevices()
    })
    call.state.subscribe(() => {
      if (call.state.getState().phase === 'ended') stopWatching()
    })
  }

  get state(): ReadableStore<ModerationState> {
    return this.#store
  }

  get events(): Listenable<ModerationEvents> {
    return this.#events
  }

  /** Answers a teacher who asked: unmutes, or stays silent. */
  async answerAsked(unmute: boolean): Promise<void> {
    this.#store.patch({ asked: false })
    if (unmute) await this.#options.localMedia.setMicrophone(true)
  }

  /** A teacher's: sets what students may do, or the lock. */
  async setRules(change: RequestData<'setRules'>): Promise<void> {
    await this.#options.call.request('setRules', change)
  }

  /** A teacher's: mutes all but teachers. */
  async muteAll(): Promise<void> {
    await this.#options.call.request('muteAll', {})
  }

  /** A teacher's: stops one source of one member. */
  async stopSource(id: string, source: MediaSource): Promise<void> {
    const memberId = memberIdSchema.parse(id)
    await this.#decide(() => this.#options.call.request('stopSource', { memberId, source }))
  }

  /** A teacher's. */
  async askToUnmute(id: string): Promise<void> {
    const memberId = memberIdSchema.parse(id)
    await this.#decide(() => this.#options.call.request('askToUnmute', { memberId }))
  }

  /** A teacher's: ends a member's part in the class and keeps them out. */
  async remove(id: string): Promise<void> {
    const memberId = memberIdSchema.parse(id)
    await this.#decide(() => this.#options.call.request('removeMember', { memberId }))
  }

  /** A teacher's. */
  async letBackIn(id: string): Promise<void> {
    const accountId = accountIdSchema.parse(id)
    await this.#decide(() => this.#options.call.request('letBackIn', { accountId }))
  }

  /** A teacher's: what becomes of one who waits. */
  async answerDoor(id: string, word: 'admit' | 'decline'): Promise<void> {
    const accountId = accountIdSchema.parse(id)
    await this.#decide(() => this.#options.call.request(word, { accountId }))
  }

  /** A teacher's. */
  async admitAll(): Promise<void> {
    await this.#options.call.request('admitAll', {})
  }

  /** A teacher's: who attended so far. */
  async listAttendance(): Promise<readonly Attendance[]> {
    const { people } = await this.#options.call.request('attendance', {})
    return people
  }

  async #decide(command: () => Promise<unknown>): Promise<void> {
    try {
      await command()
    } catch (error) {
      if (!DECIDED.has(codeOf(error))) throw error
    }
  }

  #entered({ role, moderation }: Entry): void {
    this.#teaches = role === 'teacher'
    const { rules, endsInMs, waiting, removed, stopped } = moderation
    this.#store.patch({ waiting, removed, endsAt: this.#atEnd(endsInMs) })
    this.#setRules(rules)
    for (const source of stopped) this.#switchOff(source)
    this.#holdDevices()
  }

  #follow({ notification, data }: Notification): void {
    switch (notification) {
      case 'rules':
        if (!data.rules.permissions.unmute) this.#askedToSpeak = false
        this.#setRules(data.rules)
        break
      case 'sourceStopped':
        if (data.source === 'microphone') this.#askedToSpeak = false
        this.#setRules(this.#store.getState().rules)
        // The media server says it too where nothing is sent, since it cannot know what is about to be.
        if (this.#isOn(data.source)) this.#events.emit('stopped', data)
        this.#switchOff(data.source)
        break
      case 'unmuteAsked':
        this.#askedToSpeak = true
        this.#setRules(this.#store.getState().rules)
        if (!this.#options.localMedia.state.getState().microphone.wanted) {
          this.#store.patch({ asked: true })
        }
        break
      case 'teacherAbsent':
        this.#store.patch({ endsAt: this.#atEnd(data.endsInMs) })
        break
      case 'waiting':
        this.#store.patch({ waiting: data.people })
        break
      case 'removedPeople':
        this.#store.patch({ removed: data.people })
        break
      case 'attendance':
        this.#store.patch({ attendance: data.people })
        break
      default:
    }
  }

  #setRules(rules: ClassRules): void {
    const { permissions } = rules
    const may = this.#teaches
      ? OPEN_RULES.permissions
      : { ...permissions, unmute: permissions.unmute || this.#askedToSpeak }
    this.#store.patch({ rules, may })
  }

  /** Devices that were switched on without being allowed are off again at once. */
  #holdDevices(): void {
    const media = this.#options.localMedia.state.getState()
    const { may } = this.#store.getState()
    for (const source of ['microphone', 'camera'] as const) {
      if (!media[source].wanted || may[DEVICES[source]]) continue
      this.#switchOff(source)
      this.#events.emit('forbidden', { permission: DEVICES[source] })
    }
  }

  /** The media server refused what this device thought was allowed. */
  #refused(source: MediaSource): void {
    if (source !== 'microphone' && source !== 'camera') return
    if (source === 'microphone') this.#askedToSpeak = false
    this.#setRules(this.#store.getState().rules)
    this.#switchOff(source)
    this.#events.emit('forbidden', { permission: DEVICES[source] })
  }

  #isOn(source: MediaSource): boolean {
    const { localMedia, screen } = this.#options
    if (source === 'microphone' || source === 'camera') {
      return localMedia.state.getState()[source].wanted
    }
    return screen.state.getState().phase === 'on'
  }

  #switchOff(source: MediaSource): void {
    const { localMedia, screen } = this.#options
    if (source === 'microphone') {
      this.#store.patch({ asked: false })
      void localMedia.setMicrophone(false)
    } else if (source === 'camera') void localMedia.setCamera(false)
    else if (screen.state.getState().phase === 'on') screen.stop()
  }

  #atEnd(endsInMs: number | null): number | null {
    return endsInMs === null ? null : this.#timers.now() + endsInMs
  }
}
