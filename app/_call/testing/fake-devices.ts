/**
 * Cameras and microphones for tests: plugged in and out, taken by other programs, and answering as
 * browsers do. A device's id begins with its kind (`videoinput-1`). Nothing happens by itself.
 */
import type { MediaDevicesPort } from '../devices/capture.ts'

type Kind = 'videoinput' | 'audioinput'

/** The parts of a track that devices are judged by. */
export class FakeDeviceTrack extends EventTarget {
  enabled = true
  stopped = false
  readonly kind: Kind
  readonly deviceId: string

  constructor(kind: Kind, deviceId: string) {
    super()
    this.kind = kind
    this.deviceId = deviceId
  }

  stop(): void {
    this.stopped = true
  }

  getSettings(): MediaTrackSettings {
    return { deviceId: this.deviceId }
  }
}

export class FakeDevices extends EventTarget {
  /** What is plugged in; a browser that may choose takes the first of a kind. */
  ids = ['videoinput-1', 'audioinput-1', 'audioinput-2']
  /** The name of the error that every opening fails with. */
  refuse: string | null = null
  /** What other programs hold. */
  readonly busy = new Set<string>()
  /** As on many phones, a second device of a kind cannot be opened beside the first. */
  oneAtATime = false
  readonly opened: FakeDeviceTrack[] = []

  getUserMedia({ audio, video }: MediaStreamConstraints): Promise<unknown> {
    try {
      const tracks = [
        ...(video ? [this.#open('videoinput', exactId(video))] : []),
        ...(audio ? [this.#open('audioinput', exactId(audio))] : []),
      ]
      this.opened.push(...tracks)
      return Promise.resolve({
        getTracks: () => tracks,
        getVideoTracks: () => tracks.filter(({ kind }) => kind === 'videoinput'),
        getAudioTracks: () => tracks.filter(({ kind }) => kind === 'audioinput'),
      })
    } catch (error) {
      return Promise.reject(error instanceof DOMException ? error : new Error('unreachable'))
    }
  }

  enumerateDevices(): Promise<unknown> {
    return Promise.resolve(
      this.ids.map((deviceId) => ({ kind: kindOf(deviceId), deviceId, label: deviceId })),
    )
  }

  unplug(id: string): void {
    this.ids = this.ids.filter((other) => other !== id)
    for (const track of this.running()) {
      if (track.deviceId !== id) continue
      track.stopped = true
      track.dispatchEvent(new Event('ended'))
    }
    this.dispatchEvent(new Event('devicechange'))
  }

  plugIn(id: string): void {
    this.ids = [...this.ids, id]
    this.dispatchEvent(new Event('devicechange'))
  }

  /** The tracks that are open, whoever holds them. */
  running(): FakeDeviceTrack[] {
    return this.opened.filter(({ stopped }) => !stopped)
  }

  #open(kind: Kind, exact: string | null): FakeDeviceTrack {
    if (this.refuse !== null) throw new DOMException('no', this.refuse)
    const [first] = this.ids.filter((id) => kindOf(id) === kind)
    if (first === undefined) throw new DOMException('none', 'NotFoundError')
    if (exact !== null && !this.ids.includes(exact)) {
      throw new DOMException('none', 'OverconstrainedError')
    }
    // A browser may pass over a device that is merely wished for.
    const id = exact ?? first
    const others = this.running().filter((track) => track.kind === kind && track.deviceId !== id)
    if (this.busy.has(id) || (this.oneAtATime && others.length > 0)) {
      throw new DOMException('taken', 'NotReadableError')
    }
    return new FakeDeviceTrack(kind, id)
  }
}

/** Makes devices of which the engine sees the parts that it uses; no more is there. */
export function createFakeDevices(): FakeDevices & MediaDevicesPort {
  const devices = new FakeDevices()
  if (!hasUsedParts(devices)) throw new Error('unreachable')
  return devices
}

function hasUsedParts(devices: object): devices is FakeDevices & MediaDevicesPort {
  return devices instanceof FakeDevices
}

function kindOf(id: string): Kind {
  return id.startsWith('video') ? 'videoinput' : 'audioinput'
}

function exactId(wanted: MediaTrackConstraints | boolean): string | null {
  if (typeof wanted !== 'object' || typeof wanted.deviceId !== 'object') return null
  return 'exact' in wanted.deviceId ? String(wanted.deviceId.exact) : null
}
