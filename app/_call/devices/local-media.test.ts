import { describe, expect, test } from 'vitest'
import { createManualTimers, settle } from '../testing/manual-timers.ts'
import type { MediaDevicesPort } from './capture.ts'
import { levelOf } from './level.ts'
import { LocalMedia } from './local-media.ts'

/** The parts of a track that devices are judged by. */
class TestTrack extends EventTarget implements Pick<MediaStreamTrack, 'kind' | 'enabled'> {
  enabled = true
  stopped = false
  readonly kind: string
  readonly deviceId: string

  constructor(kind: string, deviceId: string) {
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

/** Devices that are plugged in and out, and that answer or refuse as a test says. */
class TestDevices extends EventTarget {
  present: ('videoinput' | 'audioinput')[] = ['videoinput', 'audioinput']
  ids = ['videoinput-1', 'audioinput-1', 'audioinput-2']
  refuse: string | null = null
  readonly opened: TestTrack[] = []

  getUserMedia(constraints: MediaStreamConstraints): Promise<unknown> {
    const wanted = [
      ...(constraints.video ? ['videoinput' as const] : []),
      ...(constraints.audio ? ['audioinput' as const] : []),
    ]
    if (this.refuse !== null) return Promise.reject(new DOMException('no', this.refuse))
    if (wanted.some((kind) => !this.present.includes(kind))) {
      return Promise.reject(new DOMException('none', 'NotFoundError'))
    }
    const exact = exactId(constraints)
    if (exact !== null && !this.ids.includes(exact)) {
      return Promise.reject(new DOMException('none', 'OverconstrainedError'))
    }
    // A browser may pass over a device that is merely wished for.
    const tracks = wanted.map((kind) => new TestTrack(kind, exact ?? `${kind}-1`))
    this.opened.push(...tracks)
    return Promise.resolve({
      getTracks: () => tracks,
      getVideoTracks: () => tracks.filter(({ kind }) => kind === 'videoinput'),
      getAudioTracks: () => tracks.filter(({ kind }) => kind === 'audioinput'),
    })
  }

  enumerateDevices(): Promise<unknown> {
    return Promise.resolve(
      this.present.map((kind) => ({ kind, deviceId: `${kind}-1`, label: kind })),
    )
  }
}

function exactId({ audio, video }: MediaStreamConstraints): string | null {
  for (const wanted of [audio, video]) {
    if (typeof wanted !== 'object' || typeof wanted.deviceId !== 'object') continue
    if ('exact' in wanted.deviceId) return String(wanted.deviceId.exact)
  }
  return null
}

/** The parts of the browser's devices and tracks that the engine uses are there; no more is. */
function hasUsedParts(devices: object): devices is MediaDevicesPort & TestDevices {
  return devices instanceof TestDevices
}

function set() {
  const devices = new TestDevices()
  if (!hasUsedParts(devices)) throw new Error('unreachable')
  const timers = createManualTimers()
  const media = new LocalMedia({ devices, timers })
  return { devices, media, timers, state: () => media.state.getState() }
}

describe('LocalMedia', () => {
  test('opens both with one question', async () => {
    const { media, state, devices } = set()
    await media.openAll()
    expect(devices.opened).toHaveLength(2)
    expect(state().camera).toMatchObject({ wanted: true, problem: null, deviceId: 'videoinput-1' })
    expect(state().microphone.choices).toEqual([{ deviceId: 'audioinput-1', label: 'audioinput' }])
  })

  test('takes the device that was chosen and no other, and another only once it is gone', async () => {
    const { media, state, devices } = set()
    await media.openAll()
    await media.choose('microphone', 'audioinput-2')
    expect(state().microphone).toMatchObject({ deviceId: 'audioinput-2', problem: null })
    devices.ids = ['videoinput-1', 'audioinput-1']
    await media.renew('microphone')
    expect(state().microphone).toMatchObject({ deviceId: 'audioinput-1', problem: null })
  })

  test('puts one camera in the place of another without a gap, and closes the other', async () => {
    const { media, state, devices } = set()
    await media.openAll()
    const seen: unknown[] = []
    media.state.subscribe(() => seen.push(state().camera.track))
    await media.choose('camera', 'videoinput-1')
    expect(seen).not.toContain(null)
    const cameras = devices.opened.filter(({ kind }) => kind === 'videoinput')
    expect(cameras.map(({ stopped }) => stopped)).toEqual([true, false])
    expect(state().camera.track).toBe(cameras[1])
  })

  test.each([
    ['NotAllowedError', 'device-permission-refused'],
    ['NotReadableError', 'device-in-use'],
    ['NotFoundError', 'device-not-found'],
    ['TypeError', 'device-unavailable'],
  ])('says that %s means %s', async (name, code) => {
    const { media, state, devices } = set()
    devices.refuse = name
    await media.openAll()
    expect(state().camera).toMatchObject({ problem: code, track: null, wanted: false })
    expect(state().microphone).toMatchObject({ problem: code, track: null, wanted: false })
  })

  test('has the microphone where there is no camera', async () => {
    const { media, state, devices } = set()
    devices.present = ['audioinput']
    await media.openAll()
    expect(state().camera.problem).toBe('device-not-found')
    expect(state().microphone.track).not.toBeNull()
  })

  test('closes a stopped camera, and keeps a muted microphone open and silent', async () => {
    const { media, state, devices } = set()
    await media.openAll()
    await media.setCamera(false)
    await media.setMicrophone(false)
    expect(devices.opened.find(({ kind }) => kind === 'videoinput')?.stopped).toBe(true)
    const microphone = devices.opened.find(({ kind }) => kind === 'audioinput')
    expect(microphone).toMatchObject({ stopped: false, enabled: false })
    expect(state()).toMatchObject({ camera: { track: null }, microphone: { wanted: false } })
    await media.setMicrophone(true)
    expect(microphone?.enabled).toBe(true)
  })

  test('a camera that is stopped while it opens does not stay open', async () => {
    const { media, state, devices } = set()
    const starting = media.setCamera(true)
    await media.setCamera(false)
    await starting
    expect(state().camera).toMatchObject({ track: null, wanted: false })
    expect(devices.opened.every(({ stopped }) => stopped)).toBe(true)
  })

  test('a camera that was unplugged comes back when it is plugged in again', async () => {
    const { media, state, devices } = set()
    await media.openAll()
    devices.present = ['audioinput']
    devices.opened.find(({ kind }) => kind === 'videoinput')?.dispatchEvent(new Event('ended'))
    await settle()
    expect(state().camera).toMatchObject({ track: null, problem: 'device-not-found', wanted: true })
    devices.present = ['audioinput', 'videoinput']
    devices.dispatchEvent(new Event('devicechange'))
    await settle()
    expect(state().camera.problem).toBeNull()
    expect(state().camera.track).not.toBeNull()
  })

  test('a camera that a phone call took comes back after it, unless it was stopped', async () => {
    const { media, state, devices, timers } = set()
    await media.openAll()
    devices.refuse = 'NotReadableError'
    devices.opened.find(({ kind }) => kind === 'videoinput')?.dispatchEvent(new Event('ended'))
    await timers.advance(12_000)
    expect(state().camera).toMatchObject({ track: null, problem: 'device-in-use', wanted: true })
    devices.refuse = null
    await timers.advance(5_000)
    expect(state().camera).toMatchObject({ problem: null, wanted: true })
    expect(state().camera.track).not.toBeNull()

    devices.refuse = 'NotReadableError'
    devices.opened.at(-1)?.dispatchEvent(new Event('ended'))
    await settle()
    await media.setCamera(false)
    devices.refuse = null
    await timers.advance(20_000)
    media.retry()
    await settle()
    expect(state().camera).toMatchObject({ track: null, wanted: false })
  })

  test('leaves nothing open', async () => {
    const { media, devices } = set()
    await media.openAll()
    media.close()
    expect(devices.opened.every(({ stopped }) => stopped)).toBe(true)
  })

  test('says so where the browser has no devices to offer', async () => {
    const media = new LocalMedia({ devices: undefined })
    await media.openAll()
    expect(media.state.getState().camera.problem).toBe('device-unavailable')
  })
})

describe('levelOf', () => {
  test('silence is nothing, full scale is all, and louder is never less', () => {
    expect(levelOf(new Float32Array(64))).toBe(0)
    expect(levelOf(new Float32Array(64).fill(1))).toBe(1)
    const levels = [0.001, 0.01, 0.05, 0.1, 0.3].map((gain) =>
      levelOf(new Float32Array(64).fill(gain)),
    )
    expect(levels).toEqual([...levels].sort((one, other) => one - other))
    expect(levels[2]).toBeGreaterThan(0)
  })

  test('another microphone, chosen while muted, is never heard', async () => {
    const { media, state, devices } = set()
    await media.openAll()
    await media.setMicrophone(false)
    const heard: boolean[] = []
    media.state.subscribe(() => {
      const { wanted, track } = state().microphone
      heard.push(wanted || track?.enabled === true)
    })
    await media.choose('microphone', 'audioinput-2')
    await media.renew('microphone')
    expect(devices.opened.filter(({ kind }) => kind === 'audioinput')).toHaveLength(3)
    expect(heard).not.toContain(true)
    await media.setMicrophone(true)
    expect(state().microphone).toMatchObject({ wanted: true, track: { enabled: true } })
  })

  test('a microphone that is muted while it opens stays muted', async () => {
    const { media, state } = set()
    const opening = media.openAll()
    await media.setMicrophone(false)
    await opening
    expect(state().microphone).toMatchObject({ wanted: false, track: { enabled: false } })
  })
})
