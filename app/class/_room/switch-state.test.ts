import { describe, expect, test } from 'vitest'
import { LocalMedia } from '../../_call/index.ts'
import { createFakeDevices } from '../../_call/testing/fake-devices.ts'
import { createManualTimers, settle } from '../../_call/testing/manual-timers.ts'
import { switchState } from './switch-state.ts'

const IDS = { microphone: 'audioinput-1', camera: 'videoinput-1' }

describe.each(['microphone', 'camera'] as const)('switchState of a %s', (kind) => {
  const set = () => {
    const devices = createFakeDevices()
    const media = new LocalMedia({ devices, timers: createManualTimers() })
    const shown = () => switchState(media.state.getState()[kind])
    const press = async () => {
      const on = shown() === 'off'
      await (kind === 'camera' ? media.setCamera(on) : media.setMicrophone(on))
    }
    return { devices, media, shown, press }
  }

  test('says on while it opens and while it is open', async () => {
    const { media, shown, press } = set()
    expect(shown()).toBe('off')
    const opening = media.openAll()
    expect(shown()).toBe('on')
    await opening
    expect(shown()).toBe('on')
    await press()
    expect(shown()).toBe('off')
  })

  test('a press calls off what is wanted and away, and it stays off when it is back', async () => {
    const { devices, media, shown, press } = set()
    await media.openAll()
    devices.unplug(IDS[kind])
    await settle()
    expect(shown()).toBe('away')
    expect(media.state.getState()[kind].problem).toBe('device-not-found')
    await press()
    expect(shown()).toBe('off')
    expect(media.state.getState()[kind].problem).toBeNull()
    devices.plugIn(IDS[kind])
    await settle()
    expect(shown()).toBe('off')
    expect(devices.running().map(({ deviceId }) => deviceId)).not.toContain(IDS[kind])
    await press()
    expect(shown()).toBe('on')
  })

  test('what could not be opened at all is off', async () => {
    const { devices, media, shown } = set()
    devices.refuse = 'NotAllowedError'
    await media.openAll()
    expect(shown()).toBe('off')
  })
})
