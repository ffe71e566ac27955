/**
 * Whether noise is taken out of this device's microphone by the network here, in place of what the browser does, and
 * the devices as they are with it. Where it cannot run the microphone is the browser's, as without it. It must never
 * keep anybody from being heard.
 */
import { createStore, type ReadableStore, type Store } from '../../store.ts'
import type { MediaDevicesPort } from '../capture.ts'
import type { CleanTrack } from './clean-track.ts'

export type NoiseFilterState = {
  /** What the person chose. */
  on: boolean
  /** It was chosen, and could not run. */
  failed: boolean
}

export type NoiseFilterOptions = {
  devices: MediaDevicesPort | undefined
  /** Chosen on an earlier visit. */
  on: boolean
  /** Whether this browser has an audio thread for it. */
  supported: boolean
  /** Fetches what cleans a track, once it is needed. */
  load: () => Promise<CleanTrack>
  /** The microphone that is open has fallen silent, and is heard again once it is opened anew. */
  onStalled: () => void
}

export class NoiseFilter {
  readonly supported: boolean
  /** The devices of this browser, whose microphone is without noise while this is on. */
  readonly devices: MediaDevicesPort | undefined
  readonly #load: () => Promise<CleanTrack>
  readonly #onStalled: () => void
  readonly #store: Store<NoiseFilterState>
  /** The browser stopped it once: until it is switched anew, the microphone does without it. */
  #stalled = false

  constructor({ devices, on, supported, load, onStalled }: NoiseFilterOptions) {
    this.supported = supported && devices !== undefined
    this.#load = load
    this.#onStalled = onStalled
    this.#store = createStore<NoiseFilterState>({ on: on && supported, failed: false })
    this.devices = devices === undefined ? undefined : this.#wrap(devices)
  }

  get state(): ReadableStore<NoiseFilterState> {
    return this.#store
  }

  /** Switches it; a microphone that is open has to be opened again. */
  set(on: boolean): void {
    this.#stalled = false
    this.#store.patch({ on: on && this.supported, failed: false })
  }

  #wrap(devices: MediaDevicesPort): MediaDevicesPort {
    return {
      getUserMedia: (wanted) => this.#open(devices, wanted),
      enumerateDevices: () => devices.enumerateDevices(),
      addEventListener: devices.addEventListener.bind(devices),
      removeEventListener: devices.removeEventListener.bind(devices),
    }
  }

  async #open(devices: MediaDevicesPort, wanted?: MediaStreamConstraints): Promise<MediaStream> {
    const { on } = this.#store.getState()
    const sound = wanted?.audio
    if (!on || this.#stalled || typeof sound !== 'object') return await devices.getUserMedia(wanted)
    // One that suppresses before the other would take from the voice twice.
    const audio = { ...sound, noiseSuppression: false }
    const stream = await devices.getUserMedia({ ...wanted, audio })
    const [microphone] = stream.getAudioTracks()
    if (microphone === undefined) return stream
    try {
      const clean = await (
        await this.#load()
      )(microphone, () => {
        this.#stall()
      })
      stream.removeTrack(microphone)
      stream.addTrack(clean)
    } catch {
      this.#store.patch({ failed: true })
      // What the browser cannot change now it leaves as it is.
      microphone.applyConstraints(sound).catch(() => undefined)
    }
    return stream
  }

  #stall(): void {
    this.#stalled = true
    this.#store.patch({ failed: true })
    this.#onStalled()
  }
}
