/**
 * Where the class is heard: the loudspeakers or headphones that a person chose, where the browser
 * lets one choose. It must never play anything by itself but the test tone that was asked for.
 */
import { createStore, type ReadableStore, type Store } from '../store.ts'
import type { DeviceChoice } from './local-device.ts'

/** The parts of `navigator.mediaDevices` that are used. */
export type SpeakerDevices = Pick<
  MediaDevices,
  'enumerateDevices' | 'addEventListener' | 'removeEventListener'
>

/** An element whose sound can be sent to a device; browsers without that have no `setSinkId`. */
export type Sounding = { setSinkId?: (deviceId: string) => Promise<void> }

export type SpeakerState = {
  /** The device chosen; null for the system's. */
  deviceId: string | null
  choices: readonly DeviceChoice[]
}

export type SpeakerOptions = {
  devices: SpeakerDevices | undefined
  /** Whether elements of this browser know `setSinkId`. */
  supported: boolean
  /** A device preferred from an earlier visit. */
  preferred: string | null
}

export class Speaker {
  readonly supported: boolean
  readonly #devices: SpeakerDevices | undefined
  readonly #store: Store<SpeakerState>

  constructor({ devices, supported, preferred }: SpeakerOptions) {
    this.#devices = devices
    this.supported = supported && devices !== undefined
    this.#store = createStore<SpeakerState>({ deviceId: preferred, choices: [] })
  }

  get state(): ReadableStore<SpeakerState> {
    return this.#store
  }

  /** Follows what is plugged in; answers what ends that. */
  open(): () => void {
    const list = (): void => {
      void this.list()
    }
    this.#devices?.addEventListener('devicechange', list)
    list()
    return () => {
      this.#devices?.removeEventListener('devicechange', list)
    }
  }

  /** Looks at what there is; names are known once the browser may use a microphone. */
  async list(): Promise<void> {
    if (!this.supported || this.#devices === undefined) return
    const all = await this.#devices.enumerateDevices()
    const choices = all
      .filter(({ kind, deviceId }) => kind === 'audiooutput' && deviceId !== '')
      .map(({ deviceId, label }) => ({ deviceId, label }))
    this.#store.patch({ choices })
  }

  choose(deviceId: string): void {
    this.#store.patch({ deviceId })
  }

  /** Sends an element's sound to the chosen device; to the system's where that one is gone. */
  async route(element: Sounding): Promise<void> {
    if (element.setSinkId === undefined) return
    const { deviceId, choices } = this.#store.getState()
    const there = choices.some((choice) => choice.deviceId === deviceId)
    try {
      await element.setSinkId(there && deviceId !== null ? deviceId : '')
    } catch {
      // It was unplugged a moment ago: the sound stays where it was until the next change.
      return
    }
  }
}
