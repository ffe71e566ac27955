/**
 * One visit of one class, from the lobby to the end: the devices, the call and the readings, wired
 * to each other and to this page's server. Framework-free; it must never outlive its page.
 */
import {
  Call,
  codeOf,
  createStore,
  LocalMedia,
  Moderation,
  NoiseFilter,
  Quality,
  type ReadableStore,
  Recovery,
  RefusedError,
  ScreenShare,
  Speaker,
  type Store,
  Talk,
  type Ticket,
  VideoRest,
} from '../../_call/index.ts'
import { Readings } from '../../_call/readings/readings.ts'
import { callWire } from '../../_ui/data/visit-wire.ts'
import { WireError } from '../../_wire/client.ts'
import { classId as classIdSchema, type ClassId } from '../../_wire/primitives.ts'
import { getVault } from '../../_vault/client.ts'
import { devicesSchema, devicesToRemember, recall, remember } from './remembered.ts'

/** Answers that say "not now": worth another try. */
const WORTH_RETRYING = new Set([0, 408, 429, 500, 502, 503, 504, 507])

export type Visit = {
  call: Call
  readings: Readings
  talk: Talk
  moderation: Moderation
  rest: VideoRest
  quality: Quality
  /** The name that a guest goes by; null for people with an account. */
  guestName: string | null
}

export type ClassroomState = {
  /** The call of this visit; null in the lobby. */
  visit: Visit | null
  /** How often a changed role has let this person in anew. */
  roleChanges: number
}

/** A ticket that takes longer will not come: the network has gone, or changed, on the way. */
const TICKET_WITHIN_MS = 10_000

/** Ends after which the same person may enter at once, in the role that holds now. */
const ROLE_CHANGED: ReadonlySet<string> = new Set(['role-changed', 'ticket-mismatch'])

export class Classroom {
  readonly localMedia: LocalMedia
  readonly speaker: Speaker
  readonly noise: NoiseFilter
  readonly classId: ClassId
  readonly #store: Store<ClassroomState> = createStore<ClassroomState>({
    visit: null,
    roleChanges: 0,
  })

  /** @param id the class's id, as the address says it */
  constructor(id: string) {
    this.classId = classIdSchema.parse(id)
    const preferred = recall('devices', devicesSchema) ?? {}
    this.noise = new NoiseFilter({
      devices: navigator.mediaDevices,
      on: preferred.noiseFilter ?? false,
      supported: 'AudioWorkletNode' in window,
      load: async () => (await import('../../_call/devices/noise/clean-track.ts')).cleanTrack,
      onStalled: () => void this.localMedia.renew('microphone'),
    })
    this.localMedia = new LocalMedia({ devices: this.noise.devices, preferred })
    this.speaker = new Speaker({
      devices: navigator.mediaDevices,
      supported: 'setSinkId' in HTMLMediaElement.prototype,
      preferred: preferred.speaker ?? null,
    })
  }

  get state(): ReadableStore<ClassroomState> {
    return this.#store
  }

  /** Opens the devices and follows the page; answers what undoes it. */
  open(): () => void {
    const hurry = (): void => {
      this.#call()?.hurry()
    }
    const hide = (): void => {
      this.#followSight()
      if (isSeen()) this.localMedia.retry()
    }
    const leave = (): void => {
      this.leave()
    }
    window.addEventListener('online', hurry)
    window.addEventListener('pagehide', leave)
    document.addEventListener('visibilitychange', hide)
    document.addEventListener('leavepictureinpicture', hide)
    const keep = (): void => {
      const [media, speaker, noise] = [this.localMedia, this.speaker, this.noise]
      remember(
        'devices',
        devicesToRemember(media.state.getState(), speaker.state.getState(), noise.state.getState()),
      )
    }
    const stops = [
      this.localMedia.state.subscribe(keep),
      this.speaker.state.subscribe(keep),
      this.noise.state.subscribe(keep),
      this.speaker.open(),
    ]
    void this.localMedia.openAll()
    return () => {
      window.removeEventListener('online', hurry)
      window.removeEventListener('pagehide', leave)
      document.removeEventListener('visibilitychange', hide)
      document.removeEventListener('leavepictureinpicture', hide)
      for (const stop of stops) stop()
      this.leave()
      this.localMedia.close()
    }
  }

  /**
   * Enters the class.
   *
   * @param guestName the name that a guest goes by; null for people with an account
   */
  join(guestName: string | null): void {
    const call = new Call({
      fetchTicket: () => this.#fetchTicket(guestName),
      localMedia: this.localMedia,
      screen: new ScreenShare({
        devices: navigator.mediaDevices,
        origin: location.origin,
        handle: anyHandle(),
      }),
    })
    const readings = new Readings({
      call,
      localMedia: this.localMedia,
      vault: getVault,
      loadReader: () => import('../../_emotion/reader.ts'),
    })
    const rest = new VideoRest({ call, screen: call.screen })
    const recovery = new Recovery({ call })
    const talk = new Talk({ call })
    const moderation = new Moderation({ call, localMedia: this.localMedia, screen: call.screen })
    recovery.watch(talk, moderation)
    const quality = new Quality({
      call,
      onStrain: (strain, yielding) => {
        call.setStrain(strain)
        readings.setStrain(yielding)
      },
    })
    readings.start()
    call.state.subscribe(() => {
      const { end, selfId } = call.state.getState()
      if (end === null || this.#call() !== call) return
      // One who never was in has no role that could have changed.
      if (selfId !== null && ROLE_CHANGED.has(end.code)) this.#enterAnew(guestName)
      else this.localMedia.close()
    })
    this.#store.patch({ visit: { call, readings, talk, moderation, rest, quality, guestName } })
    this.#followSight()
    call.join()
  }

  /** Tells the visit whether anyone can see this page; one may begin on a hidden one. */
  #followSight(): void {
    const hidden = !isSeen()
    const { visit } = this.#store.getState()
    visit?.call.setHidden(hidden)
    visit?.rest.setHidden(hidden)
  }

  /** In another role everything of a visit is another; the devices stay as they are. */
  #enterAnew(guestName: string | null): void {
    this.#store.update((state) => ({ ...state, roleChanges: state.roleChanges + 1 }))
    this.join(guestName)
  }

  /** Leaves the call, if there is one, and tells the others. */
  leave(): void {
    void this.#call()?.leave()
  }

  /** Goes back to the lobby after a call. */
  returnToLobby(): void {
    this.#store.patch({ visit: null })
    void this.localMedia.openAll()
  }

  /**
   * Ends the class for all; a teacher's.
   *
   * @throws WireError with the server's code
   */
  async endForAll(): Promise<void> {
    await callWire('endClass', { id: this.classId }, {})
  }

  #call(): Call | null {
    return this.#store.getState().visit?.call ?? null
  }

  async #fetchTicket(guestName: string | null): Promise<Ticket> {
    try {
      const body = guestName === null ? {} : { name: guestName }
      const signal = AbortSignal.timeout(TICKET_WITHIN_MS)
      return await callWire('ticket', { id: this.classId }, body, { signal })
    } catch (error) {
      if (error instanceof WireError && !WORTH_RETRYING.has(error.status)) {
        throw new RefusedError(error.code, error.message, { cause: error })
      }
      throw error
    }
  }
}

/** 128 random bits. `crypto.randomUUID` is not there on a page that came without HTTPS. */
function anyHandle(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('-')
}

/** Whether the page can be seen: a small window over other programs still shows a picture. */
function isSeen(): boolean {
  return document.visibilityState !== 'hidden' || document.pictureInPictureElement !== null
}

/** The stable code of anything that was thrown here. */
export function codeOfAny(error: unknown): string {
  return error instanceof WireError ? error.code : codeOf(error)
}
