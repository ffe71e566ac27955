/**
 * The camera and microphone of this device: opened, chosen, switched, unplugged, and plugged in
 * again. It lives from the lobby into the call, so that joining opens nothing twice. A camera that
 * is stopped is closed, so that its light goes out; a muted microphone stays open and silent. It
 * must never open a device that the person did not ask for: one that is gone is waited for, and no
 * other takes its place unasked.
 */
import { CallError, type CallErrorCode } from '../errors.ts'
import { createStore, type ReadableStore, type Store } from '../store.ts'
import { browserTimers, type Timers } from '../timers.ts'
import {
  type DeviceKind,
  type DeviceWish,
  type MediaDevicesPort,
  openBoth,
  openDevice,
  type Opened,
} from './capture.ts'
import { exchange } from './exchange.ts'
import {
  type DeviceIds,
  isChosenThere,
  listChoices,
  type LocalDevice,
  type LocalMediaState,
  unopened,
} from './local-device.ts'

export type LocalMediaOptions = {
  /** Undefined where the browser offers no devices (a page without HTTPS). */
  devices: MediaDevicesPort | undefined
  /** Devices preferred from an earlier visit. */
  preferred?: Partial<Record<DeviceKind, string>>
  timers?: Timers
}

/** Away or taken for a while: worth another try. */
const PASSING: ReadonlySet<CallErrorCode> = new Set<CallErrorCode>([
  'device-not-found',
  'device-in-use',
])

const RETRY_MS = 5_000

const KINDS = ['camera', 'microphone'] as const satisfies readonly DeviceKind[]

export class LocalMedia {
  readonly #devices: MediaDevicesPort | undefined
  readonly #store: Store<LocalMediaState>
  /** Counts openings of each kind, so that one that was overtaken is dropped. */
  readonly #turns: Record<DeviceKind, number> = { camera: 0, microphone: 0 }
  /** Kinds that this visit has neither opened nor chosen: only there may any device be taken. */
  readonly #untouched = new Set<DeviceKind>(KINDS)
  /** What held when a device of the kind was opened last: where an exchange that fails goes back to. */
  readonly #settled: Partial<Record<DeviceKind, DeviceIds>> = {}
  readonly #timers: Timers
  readonly #callOffRetry: Partial<Record<DeviceKind, () => void>> = {}

  constructor({ devices, preferred = {}, timers = browserTimers }: LocalMediaOptions) {
    this.#devices = devices
    this.#timers = timers
    this.#store = createStore<LocalMediaState>({
      camera: unopened(preferred.camera),
      microphone: unopened(preferred.microphone),
    })
  }

  get state(): ReadableStore<LocalMediaState> {
    return this.#store
  }

  /** Opens camera and microphone, asking the person once. Problems stand in the state. */
  async openAll(): Promise<void> {
    if (this.#devices === undefined) {
      this.#change('camera', { problem: 'device-unavailable' })
      this.#change('microphone', { problem: 'device-unavailable' })
      return
    }
    this.#devices.addEventListener('devicechange', this.#devicesChanged)
    for (const kind of KINDS) this.#untouched.add(kind)
    const turns = { camera: this.#begin('camera'), microphone: this.#begin('microphone') }
    const { camera, microphone } = this.#store.getState()
    const opened = await openBoth(this.#devices, {
      camera: camera.chosenId,
      microphone: microphone.chosenId,
    })
    this.#finish('camera', turns.camera, opened.camera)
    this.#finish('microphone', turns.microphone, opened.microphone)
    await this.#listChoices()
    for (const kind of KINDS) {
      const device = this.#store.getState()[kind]
      const { track, deviceId } = device
      if (turns[kind] !== this.#turns[kind] || track === null || !isChosenThere(device)) continue
      // It is there, and the person took another one in the browser's own question.
      this.#settle(kind, { chosenId: deviceId, deviceId })
    }
  }

  /** Starts or stops the camera. */
  async setCamera(on: boolean): Promise<void> {
    if (!on) {
      this.#turns.camera += 1
      this.#release('camera')
      this.#change('camera', { wanted: false, opening: false, problem: null })
      this.#callOffRetry.camera?.()
      return
    }
    if (this.#store.getState().camera.track === null) await this.#open('camera')
  }

  /** Unmutes or mutes the microphone; the first unmuting opens it. One that is away is given up. */
  async setMicrophone(on: boolean): Promise<void> {
    const { track, wanted, opening } = this.#store.getState().microphone
    if (track !== null) {
      track.enabled = on
      this.#change('microphone', { wanted: on, problem: null })
    } else if (on && opening) this.#change('microphone', { wanted: true })
    else if (on) await this.#open('microphone')
    else if (wanted) {
      this.#change('microphone', { wanted: false, problem: null })
      this.#callOffRetry.microphone?.()
    }
  }

  /**
   * Takes another device of the kind, at once if the kind is open or wanted. Where that one cannot be
   * opened the former goes on, and the problem says why.
   */
  async choose(kind: DeviceKind, deviceId: string): Promise<void> {
    const { track, wanted } = this.#store.getState()[kind]
    this.#untouched.delete(kind)
    this.#change(kind, { chosenId: deviceId, deviceId })
    if (track !== null) await this.#exchange(kind)
    else if (wanted) await this.#reopen(kind)
  }

  /** Opens a kind anew where it is open, since how it is opened has changed. */
  async renew(kind: DeviceKind): Promise<void> {
    if (this.#store.getState()[kind].track !== null) await this.#exchange(kind)
  }

  /** Closes everything; `openAll` begins anew. */
  close(): void {
    this.#devices?.removeEventListener('devicechange', this.#devicesChanged)
    for (const kind of KINDS) {
      this.#turns[kind] += 1
      this.#callOffRetry[kind]?.()
      this.#release(kind)
      // Else a page that is seen again after the class would open them again.
      this.#change(kind, { wanted: false, opening: false, problem: null })
    }
  }

  async #open(kind: DeviceKind): Promise<void> {
    if (this.#devices === undefined) {
      this.#change(kind, { problem: 'device-unavailable' })
      return
    }
    const turn = this.#begin(kind)
    this.#finish(kind, turn, await openDevice(this.#devices, kind, this.#wishFor(kind)))
    await this.#listChoices()
  }

  /** The chosen device before the one used last, which the person has seen in its place. */
  #wishFor(kind: DeviceKind): DeviceWish {
    const { chosenId, deviceId } = this.#store.getState()[kind]
    const ids = [...new Set([chosenId, deviceId])].filter((id) => id !== null)
    return { ids, orAny: this.#untouched.has(kind) }
  }

  #begin(kind: DeviceKind): number {
    this.#change(kind, { wanted: true, opening: true, problem: null })
    return ++this.#turns[kind]
  }

  #finish(kind: DeviceKind, turn: number, opened: Opened): void {
    if (turn !== this.#turns[kind]) {
      if (!(opened instanceof CallError)) opened.stop()
      return
    }
    if (opened instanceof CallError) {
      this.#change(kind, { opening: false, problem: opened.code, wanted: false })
    } else this.#take(kind, opened)
  }

  /** Another device in the place of the one that is open; a muted microphone stays silent. */
  async #exchange(kind: DeviceKind): Promise<void> {
    const devices = this.#devices
    if (devices === undefined) return
    const former = this.#settled[kind] ?? this.#store.getState()[kind]
    const turn = ++this.#turns[kind]
    this.#change(kind, { opening: true, problem: null })
    const overtaken = (): boolean => turn !== this.#turns[kind]
    const exchanged = await exchange({
      open: (wish) => openDevice(devices, kind, wish),
      wish: this.#wishFor(kind),
      former: { ids: former.deviceId === null ? [] : [former.deviceId], orAny: false },
      makeRoom: () => {
        this.#release(kind)
      },
      overtaken,
    })
    if (overtaken()) {
      if ('track' in exchanged) exchanged.track.stop()
      return
    }
    if (exchanged.outcome !== 'new') this.#settle(kind, former)
    if ('track' in exchanged) this.#take(kind, exchanged.track)
    if (exchanged.outcome === 'lost') this.#waitFor(kind, exchanged.problem)
    else if (exchanged.outcome !== 'new') {
      this.#change(kind, { opening: false, problem: exchanged.problem.code })
    }
    await this.#listChoices()
  }

  #take(kind: DeviceKind, opened: MediaStreamTrack): void {
    opened.addEventListener('ended', () => {
      this.#ended(kind, opened)
    })
    const {
      wanted,
      track: before,
      chosenId: chosen,
      deviceId: asked,
    } = this.#store.getState()[kind]
    const deviceId = opened.getSettings().deviceId ?? asked
    const chosenId = chosen ?? deviceId
    opened.enabled = wanted
    this.#untouched.delete(kind)
    // One after the other without a gap: others see the new picture in the place of the old one.
    this.#settle(kind, { chosenId, deviceId })
    this.#change(kind, { opening: false, track: opened, problem: null })
    before?.stop()
  }

  /** The device was unplugged, or taken away by the system (`stop()` fires no such event). */
  #ended(kind: DeviceKind, track: MediaStreamTrack): void {
    const device = this.#store.getState()[kind]
    if (device.track !== track) return
    this.#change(kind, { track: null, problem: device.wanted ? 'device-not-found' : null })
    if (device.wanted) void this.#reopen(kind)
  }

  /**
   * Tries again what is wanted and missing, as when the page is seen again: on a phone a call takes
   * the devices away, and no event says when it gives them back.
   */
  retry(): void {
    for (const kind of KINDS) {
      const { wanted, track, opening } = this.#store.getState()[kind]
      if (wanted && track === null && !opening) void this.#reopen(kind)
    }
  }

  /**
   * Tries again. What is wanted outlives a device that is away or taken for a while, unless the
   * person called it off meanwhile; and so does the problem, so that no notice comes and goes.
   */
  async #reopen(kind: DeviceKind): Promise<void> {
    if (this.#devices === undefined) return
    const turn = ++this.#turns[kind]
    this.#change(kind, { opening: true })
    const opened = await openDevice(this.#devices, kind, this.#wishFor(kind))
    if (turn === this.#turns[kind] && opened instanceof CallError) this.#waitFor(kind, opened)
    else this.#finish(kind, turn, opened)
    await this.#listChoices()
  }

  #waitFor(kind: DeviceKind, { code }: CallError): void {
    const { wanted } = this.#store.getState()[kind]
    const waits = wanted && PASSING.has(code)
    this.#change(kind, { opening: false, problem: wanted ? code : null, wanted: waits })
    this.#callOffRetry[kind]?.()
    if (!waits) return
    this.#callOffRetry[kind] = this.#timers.after(RETRY_MS, () => {
      this.retry()
    })
  }

  readonly #devicesChanged = (): void => {
    void this.#followDevices()
  }

  /** Something was plugged in or out: what is wanted and missing, or chosen and back, is opened. */
  async #followDevices(): Promise<void> {
    const before = this.#store.getState()
    this.retry()
    await this.#listChoices()
    for (const kind of KINDS) {
      const device = this.#store.getState()[kind]
      const { track, opening, chosenId, deviceId } = device
      const back = isChosenThere(device) && !isChosenThere(before[kind])
      if (back && deviceId !== chosenId && track !== null && !opening) void this.#exchange(kind)
    }
  }

  async #listChoices(): Promise<void> {
    if (this.#devices === undefined) return
    const choices = await listChoices(this.#devices)
    for (const kind of KINDS) this.#change(kind, { choices: choices[kind] })
  }

  #release(kind: DeviceKind): void {
    this.#store.getState()[kind].track?.stop()
    this.#change(kind, { track: null })
  }

  #settle(kind: DeviceKind, { chosenId, deviceId }: DeviceIds): void {
    this.#settled[kind] = { chosenId, deviceId }
    this.#change(kind, { chosenId, deviceId })
  }

  #change(kind: DeviceKind, patch: Partial<LocalDevice>): void {
    this.#store.update((state) => {
      const device = { ...state[kind], ...patch }
      const keys = Object.keys(patch) as (keyof LocalDevice)[]
      return keys.every((key) => Object.is(state[kind][key], patch[key]))
        ? state
        : { ...state, [kind]: device }
    })
  }
}
