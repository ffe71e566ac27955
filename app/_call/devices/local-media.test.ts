import { describe, expect, test } from 'vitest'
import { createFakeDevices } from '../testing/fake-devices.ts'
import { createManualTimers, settle } from '../testing/manual-timers.ts'
import { levelOf } from './level.ts'
import { LocalMedia, type LocalMediaOptions } from './local-media.ts'

const BUILT_IN = 'videoinput-1'
const USB = 'videoinput-2'

function set(preferred: NonNullable<LocalMediaOptions['preferred']> = {}) {
  const devices = createFakeDevices()
  const timers = createManualTimers()
  const media = new LocalMedia({ devices, timers, preferred })
  return { devices, media, timers, state: () => media.state.getState() }
}

describe('LocalMedia', () => {
  test('opens both with one question', async () => {
    const { media, state, devices } = set()
    await media.openAll()
    expect(devices.opened).toHaveLength(2)
    expect(state().camera).toMatchObject({ wanted: true, problem: null, deviceId: 'videoinput-1' })
    expect(state().microphone.choices).toEqual(
      ['audioinput-1', 'audioinput-2'].map((deviceId) => ({ deviceId, label: deviceId })),
    )
  })

  test('takes the device that was chosen and no other', async () => {
    const { media, state, devices } = set()
    await media.openAll()
    await media.choose('microphone', 'audioinput-2')
    expect(state().microphone).toMatchObject({ deviceId: 'audioinput-2', problem: null })
    devices.unplug('audioinput-2')
    await settle()
    await media.setMicrophone(true)
    expect(state().microphone).toMatchObject({ track: null, problem: 'device-not-found' })
    expect(devices.running().map(({ deviceId }) => deviceId)).toEqual([BUILT_IN])
  })

  test('waits for the camera that was pulled out, opens no other, and takes it when it is back', async () => {
    const { media, state, devices, timers } = set()
    devices.ids.push(USB)
    await media.openAll()
    await media.choose('camera', USB)
    devices.unplug(USB)
    await timers.advance(20_000)
    expect(state().camera).toMatchObject({
      track: null,
      wanted: true,
      problem: 'device-not-found',
      chosenId: USB,
    })
    expect(devices.running().map(({ kind }) => kind)).toEqual(['audioinput'])
    devices.plugIn(USB)
    await settle()
    expect(state().camera).toMatchObject({ problem: null, chosenId: USB, deviceId: USB })
    expect(devices.running().map(({ deviceId }) => deviceId)).toContain(USB)
  })

  test('a camera that nobody chose is waited for in the same way', async () => {
    const { media, state, devices } = set()
    devices.ids.push(USB)
    await media.openAll()
    devices.unplug(BUILT_IN)
    await settle()
    expect(state().camera).toMatchObject({ track: null, chosenId: BUILT_IN })
    devices.plugIn(BUILT_IN)
    await settle()
    expect(state().camera).toMatchObject({ problem: null, deviceId: BUILT_IN })
  })

  test('begins with another where the remembered one is away, and still remembers that one', async () => {
    const { media, state, devices } = set({ camera: USB })
    await media.openAll()
    expect(state().camera).toMatchObject({ problem: null, chosenId: USB, deviceId: BUILT_IN })
    await media.setCamera(false)
    await media.setCamera(true)
    expect(state().camera).toMatchObject({ problem: null, chosenId: USB, deviceId: BUILT_IN })
    devices.plugIn(USB)
    await settle()
    expect(state().camera).toMatchObject({ problem: null, chosenId: USB, deviceId: USB })
    expect(devices.running().map(({ deviceId }) => deviceId)).toEqual(['audioinput-1', USB])
    devices.unplug(USB)
    await settle()
    expect(state().camera).toMatchObject({ track: null, chosenId: USB })
  })

  test('what stands in for the remembered one comes back after a phone call', async () => {
    const { media, state, devices, timers } = set({ camera: USB })
    await media.openAll()
    devices.refuse = 'NotReadableError'
    devices.opened.find(({ deviceId }) => deviceId === BUILT_IN)?.dispatchEvent(new Event('ended'))
    await settle()
    devices.refuse = null
    await timers.advance(5_000)
    expect(state().camera).toMatchObject({ problem: null, chosenId: USB, deviceId: BUILT_IN })
  })

  test('a microphone that returns while its stand-in is muted stays muted', async () => {
    const { media, state, devices } = set({ microphone: 'audioinput-3' })
    await media.openAll()
    await media.setMicrophone(false)
    devices.plugIn('audioinput-3')
    await settle()
    expect(state().microphone).toMatchObject({
      wanted: false,
      deviceId: 'audioinput-3',
      track: { enabled: false },
    })
  })

  test('what the person took in the browser’s own question is the choice', async () => {
    const { media, state } = set({ microphone: 'audioinput-2' })
    await media.openAll()
    expect(state().microphone).toMatchObject({
      chosenId: 'audioinput-1',
      deviceId: 'audioinput-1',
    })
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
    devices.ids = ['audioinput-1']
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
    devices.unplug(BUILT_IN)
    await settle()
    expect(state().camera).toMatchObject({ track: null, problem: 'device-not-found', wanted: true })
    devices.plugIn(BUILT_IN)
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

  test('a microphone that is muted while it is tried again stays unwanted', async () => {
    const { media, state, devices, timers } = set()
    await media.openAll()
    devices.unplug('audioinput-1')
    await media.setMicrophone(false)
    await timers.advance(20_000)
    expect(state().microphone).toMatchObject({ wanted: false, opening: false, problem: null })
    devices.plugIn('audioinput-1')
    await settle()
    expect(state().microphone).toMatchObject({ wanted: false, track: null })
  })

  test('the problem of a device that is away stands still while it is tried again', async () => {
    const { media, state, devices, timers } = set()
    await media.openAll()
    devices.unplug(BUILT_IN)
    await settle()
    const seen: unknown[] = []
    media.state.subscribe(() => seen.push(state().camera.problem))
    await timers.advance(20_000)
    expect(new Set(seen)).toEqual(new Set(['device-not-found']))
  })

  test('leaves nothing open', async () => {
    const { media, devices } = set()
    await media.openAll()
    media.close()
    expect(devices.opened.every(({ stopped }) => stopped)).toBe(true)
    // The page is seen again after the class.
    media.retry()
    await settle()
    expect(devices.running()).toEqual([])
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
