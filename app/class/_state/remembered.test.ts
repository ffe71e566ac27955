import { describe, expect, test } from 'vitest'
import { LocalMedia } from '../../_call/index.ts'
import { devicesToRemember } from './remembered.ts'

describe('devicesToRemember', () => {
  test('is what was chosen, whatever stands in for it now', () => {
    const { camera, microphone } = new LocalMedia({ devices: undefined }).state.getState()
    const media = { camera: { ...camera, chosenId: 'usb', deviceId: 'built-in' }, microphone }
    const noise = { on: true, failed: false }
    expect(devicesToRemember(media, { deviceId: null, choices: [] }, noise)).toEqual({
      camera: 'usb',
      noiseFilter: true,
    })
  })
})
