/**
 * Joins the call, the vault and the analysis into the readings of one class: carries sealed bytes
 * between vault and call, takes a reading when the vault asks for one, and shows what the person may
 * see. It must never see a key or an opened record of another person, and never read a camera
 * without the person's *Allow*.
 */
import type { Notification } from '../../../sfu/protocol/index.ts'
import type { Burst } from '../../_emotion/reader.ts'
import type {
  ClassEntry,
  EmotionName,
  VaultEvents,
  VaultStatus,
  VerbArgs,
  VerbName,
} from '../../_vault/verbs.ts'
import type { Call, CallEvents } from '../call.ts'
import type { LocalMedia } from '../devices/local-media.ts'
import { isConnectionLoss } from '../errors.ts'
import type { Person } from '../state.ts'
import { createSerial } from '../media/serial.ts'
import type { Strain } from '../quality/strain.ts'
import { createStore, type ReadableStore, type Store } from '../store.ts'
import { browserTimers, type Timers } from '../timers.ts'
import { Analysis, type LoadReader } from './analysis.ts'
import { ClassClock } from './class-clock.ts'
import { membersOf, samePresence } from './presence.ts'
import { isLocked, problemOf } from './problem.ts'
import { READINGS_OFF, type ReadingsState } from './state.ts'
import { followVault, type VaultPort } from './vault-events.ts'

export type ReadingsOptions = {
  call: Pick<
    Call,
    'state' | 'events' | 'sendRecord' | 'sendReceipt' | 'announceChunk' | 'readClock'
  >
  localMedia: Pick<LocalMedia, 'state'>
  /** Asked for only when the person is not a guest. */
  vault: () => VaultPort
  loadReader: LoadReader
  timers?: Timers
}

/** The answer to the consent dialog, or to the switch *Analysis*. */
export type ConsentAnswer = {
  allow: boolean
  textId: string
  /** The very text that was shown. */
  text: string
  language: string
  givenBy: 'self' | 'guardian'
  /** The guardian's name as typed; empty for one's own answer. */
  giverName: string
  /** The age that the person stated to have reached, where the school does not know it; else 0. */
  statedAge: number
}

/** Pauses before a class that runs is entered anew once more; after the last one the person is told. */
const ENTER_AGAIN_MS = [2_000, 5_000, 10_000]

/** Records that arrive while the teacher's vault is still entering. */
const MOST_WAITING_RECORDS = 2_000

export class Readings {
  readonly #options: ReadingsOptions
  readonly #store: Store<ReadingsState> = createStore(READINGS_OFF)
  readonly #clock: ClassClock
  readonly #timers: Timers
  readonly #analysis: Analysis
  readonly #stops: (() => void)[] = []
  readonly #enter: () => void
  readonly #measureClock: () => void
  #vault: VaultPort | null = null
  #inside = false
  /** How often in a row the class could not be entered anew. */
  #notEnteredTimes = 0
  #channelOpen = false
  #waiting: Uint8Array[] = []
  #present: readonly Person[] = []

  constructor(options: ReadingsOptions) {
    this.#options = options
    this.#timers = options.timers ?? browserTimers
    this.#clock = new ClassClock(this.#timers)
    this.#analysis = new Analysis({
      loadReader: options.loadReader,
      onStatus: (analysis) => {
        this.#store.patch({ analysis })
      },
      onError: (error) => {
        this.#report(error)
      },
    })
    this.#enter = createSerial(
      () => this.#enterClass(),
      (error) => {
        this.#notEntered(error)
      },
    )
    this.#measureClock = createSerial(
      () => this.#askClock(),
      (error) => {
        // The clock of the entry that follows a cut, or the next refusal, does the same.
        if (!isConnectionLoss(error)) this.#report(error)
      },
    )
  }

  /** How far this machine is behind: analysis yields before the call does. */
  setStrain(strain: Strain): void {
    this.#analysis.setStrain(strain)
  }

  get state(): ReadableStore<ReadingsState> {
    return this.#store
  }

  /** Begins to follow the call; the vault is asked once the call has entered. */
  start(): void {
    const { call, localMedia } = this.#options
    const followCamera = (): void => {
      this.#analysis.setTrack(localMedia.state.getState().camera.track)
    }
    followCamera()
    this.#stops.push(
      localMedia.state.subscribe(followCamera),
      call.events.on('entered', (event) => {
        this.#entered(event)
      }),
      call.events.on('notification', (notification) => {
        this.#notified(notification)
      }),
      call.events.on('recordChannel', ({ open }) => {
        this.#channelOpen = open
        if (this.#inside) this.#tell('channelState', { classId: this.#classId(), open })
      }),
      call.events.on('record', (message) => {
        this.#takeRecord(message)
      }),
      call.state.subscribe(() => {
        this.#showPresence()
        if (call.state.getState().phase === 'ended') this.#leave()
      }),
    )
  }

  /** Signs and stores the person's answer; analysis starts or stops with it. */
  async answerConsent(answer: ConsentAnswer): Promise<void> {
    const { entry } = this.#store.getState()
    if (this.#vault === null || entry === null) return
    try {
      const consent = await this.#vault.call('answerConsent', {
        classId: entry.classId,
        ...answer,
      })
      this.#follow({ ...(this.#store.getState().entry ?? entry), consent })
    } catch (error) {
      this.#report(error)
    }
  }

  /** A check-in: what the student taps counts for the interval that runs. */
  async checkIn(emotion: EmotionName): Promise<void> {
    this.#store.patch({ tapped: emotion })
    await this.#record(this.#interval(), emotion)
  }

  /** Tries again after the vault was unlocked or had refused. */
  retry(): void {
    this.#store.patch({ status: 'starting', problem: null })
    this.#enter()
  }

  dismissProblem(): void {
    this.#store.patch({ problem: null })
  }

  #entered({ entry, resumed }: CallEvents['entered']): void {
    this.#clock.hear(entry.now)
    if (entry.role === 'guest') return
    if (this.#vault === null) this.#listen()
    if (resumed && this.#inside) {
      const classId = entry.class.id
      this.#tell('syncClock', { classId, clockOffset: this.#clock.offset })
      this.#tell('setWriter', { classId, memberId: entry.writerMemberId })
    } else {
      this.#inside = false
      this.#store.patch({ status: 'starting' })
    }
    // Whoever was cut off may have missed that readings are other ones now, or none.
    this.#enter()
  }

  #listen(): void {
    const vault = this.#options.vault()
    this.#vault = vault
    const events = {
      classId: () => this.#classId(),
      call: this.#options.call,
      store: this.#store,
      due: (due: VaultEvents['due']) => void this.#due(due),
      follow: (entry: ClassEntry) => {
        this.#follow(entry)
      },
      vaultChanged: (status: VaultStatus) => {
        this.#vaultChanged(status)
      },
      clockWrong: () => {
        this.#measureClock()
      },
      report: (error: unknown) => {
        this.#report(error)
      },
    }
    this.#stops.push(...followVault(vault, events))
  }

  async #enterClass(): Promise<void> {
    const { state } = this.#options.call
    const { selfId, role } = state.getState()
    const vault = this.#vault
    const classId = this.#classId()
    if (vault === null || selfId === null || role === null || role === 'guest') return
    if (state.getState().phase === 'ended') return
    const status = await vault.call('status', {})
    if (status.state !== 'unlocked') {
      this.#store.patch({ status: 'locked' })
      return
    }
    if (role === 'teacher') await vault.call('prepareClass', { classId })
    const entry = await vault.call('enterClass', {
      classId,
      memberId: selfId,
      role,
      clockOffset: this.#clock.offset,
    })
    if (state.getState().phase === 'ended') return
    this.#inside = true
    this.#notEnteredTimes = 0
    this.#follow(entry)
    await vault.call('setWriter', { classId, memberId: state.getState().writerId })
    this.#present = []
    this.#showPresence()
    if (role === 'student' && this.#channelOpen) this.#tell('channelState', { classId, open: true })
    const waiting = this.#waiting
    this.#waiting = []
    for (const message of waiting) this.#takeRecord(message)
  }

  /** What ran before goes on: the class is tried again before anybody is told. */
  #notEntered(error: unknown): void {
    const pause = ENTER_AGAIN_MS[this.#notEnteredTimes]
    if (this.#inside && !isLocked(error) && pause !== undefined) {
      this.#notEnteredTimes += 1
      this.#timers.after(pause, this.#enter)
      return
    }
    this.#report(error)
    this.#store.patch({ status: isLocked(error) ? 'locked' : 'failed' })
  }

  /** Takes what the vault says of the class, and lets analysis run or not by it. */
  #follow(entry: ClassEntry): void {
    this.#store.patch({ entry, status: entry.readings === 'off' ? 'off' : 'running' })
    const analyse =
      entry.role === 'student' &&
      entry.readings === 'expression' &&
      entry.consent.state === 'allowed'
    if (analyse) this.#analysis.start()
    else this.#analysis.stop()
  }

  #notified({ notification, data }: Notification): void {
    if (notification === 'clock') this.#clock.hear(data.now)
    if (!this.#inside) return
    const classId = this.#classId()
    if (notification === 'clock')
      this.#tell('syncClock', { classId, clockOffset: this.#clock.offset })
    else if (notification === 'writer') {
      this.#tell('setWriter', { classId, memberId: data.memberId })
    } else if (notification === 'receipt') this.#tell('takeReceipt', { classId, box: data.box })
    else if (notification === 'chunk') this.#tell('takeChunk', { classId, ...data })
    else if (notification === 'readings') this.#enter()
  }

  /** Sets the clock right at once: announcements alone would take minutes to set it back. */
  async #askClock(): Promise<void> {
    const askedAt = this.#timers.now()
    this.#clock.measured(await this.#options.call.readClock(), askedAt)
    if (this.#inside) {
      this.#tell('syncClock', { classId: this.#classId(), clockOffset: this.#clock.offset })
    }
  }

  #takeRecord(message: Uint8Array): void {
    if (this.#inside) this.#tell('takeRecord', { classId: this.#classId(), message })
    else if (this.#waiting.length < MOST_WAITING_RECORDS) this.#waiting.push(message)
  }

  async #due({ interval, deadline, analyse }: VaultEvents['due']): Promise<void> {
    const { tapped } = this.#store.getState()
    if (tapped !== null) await this.#record(interval, tapped)
    else if (analyse) {
      // One that failed to load gets another chance each interval.
      this.#analysis.start()
      const reading = await this.#analysis.read(burstBefore(deadline - this.#timers.now()))
      // A tap during the burst says it better than the camera.
      if (this.#store.getState().tapped !== null || !this.#inside) return
      this.#tell('record', { classId: this.#classId(), interval, reading })
    }
  }

  /** Hands a check-in to the vault; one that came too late waits for the next interval. */
  async #record(interval: number, emotion: EmotionName): Promise<void> {
    if (this.#vault === null || !this.#inside) return
    try {
      await this.#vault.call('record', {
        classId: this.#classId(),
        interval,
        reading: { kind: 'check-in', emotion },
      })
    } catch (error) {
      this.#report(error)
    }
  }

  #showPresence(): void {
    const { people, role } = this.#options.call.state.getState()
    if (role !== 'teacher' || !this.#inside || samePresence(people, this.#present)) return
    this.#present = people
    this.#tell('setPresence', { classId: this.#classId(), members: membersOf(people) })
  }

  #vaultChanged({ state }: VaultStatus): void {
    const { status } = this.#store.getState()
    if (state === 'unlocked' && (status === 'locked' || status === 'failed')) this.retry()
    if (state === 'locked' || state === 'signed-out') {
      this.#inside = false
      this.#analysis.stop()
      this.#store.patch({ status: 'locked' })
    }
  }

  #leave(): void {
    const { end, class: info } = this.#options.call.state.getState()
    for (const stop of this.#stops.splice(0)) stop()
    this.#analysis.stop()
    if (this.#vault === null || !this.#inside || info === null) return
    this.#tell('leaveClass', { classId: info.id, ended: end?.reason === 'class-ended' })
    this.#inside = false
  }

  #tell<V extends VerbName>(verb: V, args: VerbArgs<V>): void {
    this.#vault?.call(verb, args).catch((error: unknown) => {
      this.#report(error)
    })
  }

  #report(error: unknown): void {
    this.#store.patch({ problem: problemOf(error) })
  }

  #classId(): string {
    return this.#options.call.state.getState().class?.id ?? ''
  }

  #interval(): number {
    const info = this.#options.call.state.getState().class
    return info === null ? 0 : this.#clock.interval(info.startedAt, info.intervalSeconds)
  }
}

/** A full look needs a second; in short intervals a shorter look comes in time. */
function burstBefore(remainingMs: number): Burst | undefined {
  return remainingMs >= 2_500 ? undefined : { frames: 3, spanMs: Math.max(150, remainingMs / 4) }
}
