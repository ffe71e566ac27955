import { describe, expect, test } from 'vitest'
import type { MediaDevicesPort } from '../capture.ts'
import type { CleanTrack } from './clean-track.ts'
import { NoiseFilter } from './noise-filter.ts'

class TestTrack extends EventTarget {
  readonly kind: 'audio' | 'video'
  readonly applied: MediaTrackConstraints[] = []

  constructor(kind: 'audio' | 'video') {
    super()
    this.kind = kind
  }

  applyConstraints(constraints: MediaTrackConstraints): Promise<void> {
    this.applied.push(constraints)
    return Promise.resolve()
  }
}

class TestStream {
  tracks: TestTrack[]

  constructor(tracks: TestTrack[]) {
    this.tracks = tracks
  }

  getAudioTracks = () => this.tracks.filter(({ kind }) => kind === 'audio')
  removeTrack = (track: TestTrack) => {
    this.tracks = this.tracks.filter((other) => other !== track)
  }
  addTrack = (track: TestTrack) => {
    this.tracks.push(track)
  }
}

class TestDevices extends EventTarget {
  readonly wanted: MediaStreamConstraints[] = []

  getUserMedia(wanted: MediaStreamConstraints): Promise<unknown> {
    this.wanted.push(wanted)
    const kinds = [
      ...(wanted.video ? ['video' as const] : []),
      ...(wanted.audio ? ['audio' as const] : []),
    ]
    return Promise.resolve(new TestStream(kinds.map((kind) => new TestTrack(kind))))
  }

  enumerateDevices(): Promise<unknown> {
    return Promise.resolve([])
  }
}

function hasUsedParts(devices: object): devices is MediaDevicesPort & TestDevices {
  return devices instanceof TestDevices
}

function set(options: { on: boolean; load?: () => Promise<CleanTrack>; supported?: boolean }) {
  const devices = new TestDevices()
  if (!hasUsedParts(devices)) throw new Error('unreachable')
  const cleaned: MediaStreamTrack[] = []
  const stalls: (() => void)[] = []
  let told = 0
  const noise = new NoiseFilter({
    devices,
    on: options.on,
    supported: options.supported ?? true,
    load:
      options.load ??
      (() =>
        Promise.resolve((microphone, onStalled) => {
          cleaned.push(microphone)
          stalls.push(onStalled)
          return Promise.resolve(microphone)
        })),
    onStalled: () => {
      told += 1
    },
  })
  const open = (wanted: MediaStreamConstraints) => noise.devices?.getUserMedia(wanted)
  return { devices, noise, open, cleaned, stalls, told: () => told }
}

const SOUND = { audio: { noiseSuppression: true, echoCancellation: true } }

describe('NoiseFilter', () => {
  test('off, the microphone is opened as it was asked for', async () => {
    const { devices, open, cleaned } = set({ on: false })
    await open(SOUND)
    expect(devices.wanted).toEqual([SOUND])
    expect(cleaned).toEqual([])
  })

  test('on, it takes the place of what the browser does, for the microphone alone', async () => {
    const { devices, noise, open, cleaned } = set({ on: false })
    noise.set(true)
    await open({ ...SOUND, video: true })
    expect(devices.wanted).toEqual([
      { video: true, audio: { noiseSuppression: false, echoCancellation: true } },
    ])
    expect(cleaned.map(({ kind }) => kind)).toEqual(['audio'])
    await open({ video: true })
    expect(cleaned).toHaveLength(1)
    expect(noise.state.getState()).toEqual({ on: true, failed: false })
  })

  test('where it cannot run, the browser’s own is back and the microphone works', async () => {
    const { noise, open } = set({ on: true, load: () => Promise.reject(new Error('no')) })
    const [microphone] = (await open(SOUND))?.getAudioTracks() ?? []
    expect(microphone instanceof TestTrack && microphone.applied).toEqual([SOUND.audio])
    expect(noise.state.getState()).toEqual({ on: true, failed: true })
    noise.set(false)
    expect(noise.state.getState()).toEqual({ on: false, failed: false })
  })

  test('where it falls silent, whoever has the microphone is told, and opens it without', async () => {
    const { devices, noise, open, cleaned, stalls, told } = set({ on: true })
    await open(SOUND)
    stalls[0]?.()
    expect(told()).toBe(1)
    expect(noise.state.getState()).toEqual({ on: true, failed: true })
    await open(SOUND)
    expect(cleaned).toHaveLength(1)
    expect(devices.wanted.at(-1)).toEqual(SOUND)
    noise.set(true)
    await open(SOUND)
    expect(cleaned).toHaveLength(2)
    expect(noise.state.getState()).toEqual({ on: true, failed: false })
  })

  test('is never on where the browser has no audio thread', () => {
    const { noise } = set({ on: true, supported: false })
    noise.set(true)
    expect(noise.state.getState().on).toBe(false)
  })
})
