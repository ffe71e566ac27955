/**
 * A camera that rests while its tab is hidden, against a real media server: by the class's rule alone,
 * told to the others, and with the person's own choice and the open track left as they are.
 */
import { randomUUID } from 'node:crypto'
import { Device } from 'mediasoup-client'
import * as fakeParameters from 'mediasoup-client/fakeParameters'
import { FakeHandler } from 'mediasoup-client/handlers/FakeHandler'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ProducerInfo, Role } from '../../../sfu/protocol/index.ts'
import { isPaused, type Joined } from '../../../sfu/testing/open-class.ts'
import { startTestServer, type TestServer } from '../../../sfu/testing/test-server.ts'
import type { CallEvents } from '../call.ts'
import { Emitter } from '../emitter.ts'
import { ScreenShare } from '../screen/screen-share.ts'
import { FakeTrack } from '../testing/fake-track.ts'
import { createManualTimers } from '../testing/manual-timers.ts'
import { Peer } from './peer.ts'
import { Publisher } from './publisher.ts'
import { VideoRest } from './video-rest.ts'

let school: TestServer

beforeEach(async () => {
  school = await startTestServer()
})

afterEach(async () => {
  await school.close()
})

/** A class with a teacher, and the sending side of a browser of somebody in it. */
async function sender(role: Role) {
  const cls = randomUUID()
  const teacher = await school.join({ cls, role: 'teacher', name: 'Tara' })
  const own = await school.join({ cls, role, name: 'Sam' })
  const { client, entry } = own
  const timers = createManualTimers()
  const request: typeof client.request = (method, data) => client.request(method, data)
  const peer = await Peer.open({
    entry,
    request,
    timers,
    onConnection: () => undefined,
    onLost: () => undefined,
    device: new Device({ handlerFactory: FakeHandler.createFactory(fakeParameters) }),
  })
  const failures: unknown[] = []
  const publisher = new Publisher({
    request,
    onChange: () => undefined,
    onError: (_, error) => failures.push(error),
  })
  publisher.attach(peer)
  const track = new FakeTrack('video')
  const sound = new FakeTrack('audio')
  const wanted = { on: true, resting: false }
  const publish = (): void => {
    const seen = wanted.on ? track : null
    publisher.want('camera', { track: seen, paused: !wanted.on, resting: wanted.resting })
    publisher.want('microphone', { track: sound, paused: false })
  }
  const events = new Emitter<CallEvents>()
  const rest = new VideoRest({
    call: {
      events,
      setResting: (resting) => {
        wanted.resting = resting
        publish()
      },
    },
    screen: new ScreenShare({ devices: undefined, origin: 'x', handle: 'x' }),
    timers,
  })
  client.socket.on('message', () => {
    const rules = client.allTold('rules').at(-1)
    if (rules !== undefined) {
      events.emit('notification', { notification: 'rules', data: rules })
    }
  })
  events.emit('entering', { entry })
  publish()
  const idOf = async (source: 'camera' | 'microphone'): Promise<string> => {
    await expect.poll(() => publisher.producerId(source)).not.toBeNull()
    return publisher.producerId(source) ?? ''
  }
  const camera = await idOf('camera')
  const microphone = await idOf('microphone')
  const hide = async (hidden: boolean): Promise<void> => {
    rest.setHidden(hidden)
    await timers.advance(5_000)
  }
  const show = (on: boolean): void => {
    wanted.on = on
    publish()
  }
  const allow = async (restHiddenVideo: boolean): Promise<void> => {
    await teacher.client.request('setRules', { restHiddenVideo })
    await expect
      .poll(() => client.allTold('rules').at(-1)?.rules.restHiddenVideo)
      .toBe(restHiddenVideo)
  }
  return { teacher, own, camera, microphone, track, hide, show, allow, rest, failures }
}

/** What the media server says of a producer. */
function producerOf({ entry }: Joined, producerId: string): ProducerInfo | undefined {
  return school.server.registry
    .find(entry.class.id)
    ?.producers.find((producer) => producer.producerId === producerId)
}

test('where the teacher allows it a hidden tab sends no picture, and sends it again when seen', async () => {
  const { teacher, own, camera, microphone, track, hide, allow, rest, failures } =
    await sender('student')
  let rested = 0
  rest.events.on('rested', () => {
    rested += 1
  })
  await hide(true)
  expect(isPaused(school, own, camera)).toBe(false)

  await allow(true)
  await hide(true)
  await expect.poll(() => producerOf(own, camera)).toMatchObject({ paused: true, resting: true })
  await teacher.client.told('producerUpdated', (data) => data.resting === true)
  expect(isPaused(school, own, microphone)).toBe(false)
  // What reads the camera reads on: the device is neither stopped nor switched off.
  expect(track).toMatchObject({ readyState: 'live', enabled: true })

  await hide(false)
  await expect.poll(() => isPaused(school, own, camera)).toBe(false)
  expect(producerOf(own, camera)).not.toHaveProperty('resting')
  await teacher.client.told('producerUpdated', ({ paused }) => !paused)
  expect(rested).toBe(1)

  await hide(true)
  await expect.poll(() => isPaused(school, own, camera)).toBe(true)
  await allow(false)
  await expect.poll(() => isPaused(school, own, camera)).toBe(false)
  expect(failures).toEqual([])
})

test('a video that the person stopped, or that a teacher stopped, stays stopped', async () => {
  const { teacher, own, camera, hide, show, allow } = await sender('student')
  await allow(true)
  await hide(true)
  await expect.poll(() => producerOf(own, camera)).toMatchObject({ resting: true })

  // A resting camera can be stopped like any other; what it says afterwards changes nothing.
  const { memberId } = own.entry
  await teacher.client.request('stopSource', { memberId, source: 'camera' })
  await own.client.told('sourceStopped')
  expect(producerOf(own, camera)).not.toHaveProperty('resting')
  await own.client.request('pauseProducer', { producerId: camera, resting: true })
  expect(producerOf(own, camera)).not.toHaveProperty('resting')
  expect(school.server.registry.find(own.entry.class.id)?.member(memberId)?.stopped).toContain(
    'camera',
  )

  show(false)
  await hide(false)
  // Whatever was sent before this is answered before it.
  expect(await own.client.refused('restartIce', { transportId: 'x' })).toBe('transport-unknown')
  expect(isPaused(school, own, camera)).toBe(true)
})

test('a video that rests is held to the rules, and a teacher’s never rests', async () => {
  const student = await sender('student')
  await student.allow(true)
  await student.hide(true)
  await expect.poll(() => producerOf(student.own, student.camera)).toMatchObject({ resting: true })
  await student.teacher.client.request('setRules', { permissions: { video: false } })
  await student.own.client.told('sourceStopped', ({ by }) => by === 'rules')
  expect(producerOf(student.own, student.camera)).not.toHaveProperty('resting')

  const teacher = await sender('teacher')
  await teacher.allow(true)
  await teacher.hide(true)
  expect(isPaused(school, teacher.own, teacher.camera)).toBe(false)
  await teacher.own.client.request('pauseProducer', { producerId: teacher.camera, resting: true })
  expect(producerOf(teacher.own, teacher.camera)).not.toHaveProperty('resting')
})
