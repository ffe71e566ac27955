import { describe, expect, test } from 'vitest'
import { createFakeDevices } from '../testing/fake-devices.ts'
import { createManualTimers, settle } from '../testing/manual-timers.ts'
import { LocalMedia } from './local-media.ts'

const BUILT_IN = 'videoinput-1'
const USB = 'videoinput-2'

function set() {
  const devices = createFakeDevices()
  const timers = createManualTimers()
  const media = new LocalMedia({ devices, timers })
  return { devices, media, timers, state: () => media.state.getState() }
}

describe('one device in the place of another', () => {
  test('a camera that cannot be opened leaves the one that runs, and says why', async () => {
    const { media, state, devices } = set()
    devices.ids.push(USB)
    await media.openAll()
    const { track } = state().camera
    devices.refuse = 'TypeError'
    await media.choose('camera', USB)
    expect(state().camera).toMatchObject({
      wanted: true,
      opening: false,
      problem: 'device-unavailable',
      chosenId: BUILT_IN,
      deviceId: BUILT_IN,
    })
    expect(state().camera.track).toBe(track)
    expect(devices.running()).toHaveLength(2)
    devices.refuse = null
    await media.choose('camera', USB)
    expect(state().camera).toMatchObject({ problem: null, chosenId: USB, deviceId: USB })
  })

  test('a muted microphone stays, and muted, where another cannot be opened', async () => {
    const { media, state, devices } = set()
    await media.openAll()
    await media.setMicrophone(false)
    devices.refuse = 'NotAllowedError'
    await media.choose('microphone', 'audioinput-2')
    const kept = { deviceId: 'audioinput-1', track: { enabled: false }, wanted: false }
    expect(state().microphone).toMatchObject(kept)
    await media.renew('microphone')
    expect(state().microphone).toMatchObject({ ...kept, problem: 'device-permission-refused' })
  })

  test('where one camera runs at a time the old one makes room', async () => {
    const { media, state, devices } = set()
    devices.ids.push(USB)
    devices.oneAtATime = true
    await media.openAll()
    await media.choose('camera', USB)
    expect(state().camera).toMatchObject({ problem: null, wanted: true, deviceId: USB })
    expect(devices.running().map(({ deviceId }) => deviceId)).toEqual(['audioinput-1', USB])
  })

  test('goes back to the old camera where another program has the new one', async () => {
    const { media, state, devices } = set()
    devices.ids.push(USB)
    devices.busy.add(USB)
    await media.openAll()
    await media.choose('camera', USB)
    expect(state().camera).toMatchObject({
      wanted: true,
      opening: false,
      problem: 'device-in-use',
      chosenId: BUILT_IN,
      deviceId: BUILT_IN,
    })
    expect(devices.running().map(({ deviceId }) => deviceId)).toEqual(['audioinput-1', BUILT_IN])
  })

  test('waits for the old camera where that one cannot be opened again either', async () => {
    const { media, state, devices, timers } = set()
    devices.ids.push(USB)
    await media.openAll()
    devices.refuse = 'NotReadableError'
    await media.choose('camera', USB)
    expect(state().camera).toMatchObject({
      track: null,
      wanted: true,
      problem: 'device-in-use',
      chosenId: BUILT_IN,
    })
    devices.refuse = null
    await timers.advance(5_000)
    expect(state().camera).toMatchObject({ problem: null, deviceId: BUILT_IN })
  })

  test('a camera that is stopped while it makes room stays closed', async () => {
    const { media, state, devices } = set()
    devices.ids.push(USB)
    devices.busy.add(USB)
    await media.openAll()
    let stopping = false
    media.state.subscribe(() => {
      const { track, opening } = state().camera
      if (stopping || track !== null || !opening) return
      stopping = true
      void media.setCamera(false)
    })
    await media.choose('camera', USB)
    await settle()
    expect(stopping).toBe(true)
    expect(state().camera).toMatchObject({ track: null, wanted: false, opening: false })
    expect(devices.running().map(({ kind }) => kind)).toEqual(['audioinput'])
  })

  test('of two cameras chosen one after the other the last word counts, or what ran before', async () => {
    const { media, state, devices } = set()
    devices.ids.push(USB, 'videoinput-3')
    await media.openAll()
    devices.refuse = 'TypeError'
    await Promise.all([media.choose('camera', USB), media.choose('camera', 'videoinput-3')])
    expect(state().camera).toMatchObject({ chosenId: BUILT_IN, deviceId: BUILT_IN, opening: false })
    devices.refuse = null
    await Promise.all([media.choose('camera', USB), media.choose('camera', 'videoinput-3')])
    expect(state().camera).toMatchObject({ deviceId: 'videoinput-3', problem: null })
    expect(devices.running().filter(({ kind }) => kind === 'videoinput')).toHaveLength(1)
  })

  test('unmuting while one microphone takes the place of another opens nothing twice', async () => {
    const { media, state, devices } = set()
    devices.oneAtATime = true
    await media.openAll()
    await media.setMicrophone(false)
    let pressed = false
    media.state.subscribe(() => {
      const { track, opening } = state().microphone
      if (pressed || track !== null || !opening) return
      pressed = true
      void media.setMicrophone(true)
    })
    await media.choose('microphone', 'audioinput-2')
    await settle()
    expect(pressed).toBe(true)
    expect(state().microphone).toMatchObject({ wanted: true, track: { enabled: true } })
    expect(devices.opened.filter(({ kind }) => kind === 'audioinput')).toHaveLength(2)
  })
})
