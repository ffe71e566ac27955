import { describe, expect, test } from 'vitest'
import { settle } from '../testing/manual-timers.ts'
import { Speaker, type SpeakerDevices } from './speaker.ts'

type Info = Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'>

class TestDevices extends EventTarget {
  all: Info[] = []

  enumerateDevices(): Promise<MediaDeviceInfo[]> {
    return Promise.resolve(this.all.map((info) => ({ ...info, groupId: '', toJSON: () => info })))
  }
}

const output = (deviceId: string): Info => ({ kind: 'audiooutput', deviceId, label: deviceId })

function open(all: Info[], preferred: string | null = null, supported = true) {
  const devices = new TestDevices()
  devices.all = all
  const port: SpeakerDevices = devices
  const speaker = new Speaker({ devices: port, supported, preferred })
  const close = speaker.open()
  const heard: string[] = []
  const element = {
    setSinkId: (id: string) => {
      heard.push(id)
      return Promise.resolve()
    },
  }
  return { devices, speaker, close, heard, element }
}

describe('Speaker', () => {
  test('lists outputs alone, and sends sound to the one chosen', async () => {
    const camera: Info = { kind: 'videoinput', deviceId: 'camera', label: 'camera' }
    const { speaker, heard, element } = open([camera, output('desk'), output('head')])
    await settle()
    expect(speaker.state.getState().choices.map(({ deviceId }) => deviceId)).toEqual([
      'desk',
      'head',
    ])
    await speaker.route(element)
    speaker.choose('head')
    await speaker.route(element)
    expect(heard).toEqual(['', 'head'])
  })

  test('falls back to the system’s when the chosen one is unplugged, and returns with it', async () => {
    const { devices, speaker, heard, element } = open([output('desk'), output('head')], 'head')
    await settle()
    await speaker.route(element)
    devices.all = [output('desk')]
    devices.dispatchEvent(new Event('devicechange'))
    await settle()
    await speaker.route(element)
    devices.all = [output('desk'), output('head')]
    devices.dispatchEvent(new Event('devicechange'))
    await settle()
    await speaker.route(element)
    expect(heard).toEqual(['head', '', 'head'])
  })

  test('where the browser cannot choose, nothing is listed and nothing is asked', async () => {
    const { speaker } = open([output('desk')], null, false)
    await settle()
    expect(speaker.supported).toBe(false)
    expect(speaker.state.getState().choices).toEqual([])
    await speaker.route({})
  })

  test('an output that refuses leaves the sound where it was', async () => {
    const { speaker } = open([output('desk')], 'desk')
    await settle()
    await speaker.route({ setSinkId: () => Promise.reject(new Error('gone')) })
    expect(speaker.state.getState().deviceId).toBe('desk')
  })

  test('after closing it follows nothing', async () => {
    const { devices, speaker, close } = open([output('desk')])
    await settle()
    close()
    devices.all = []
    devices.dispatchEvent(new Event('devicechange'))
    await settle()
    expect(speaker.state.getState().choices).toHaveLength(1)
  })
})
