import type { types } from 'mediasoup-client'
import { expect, test } from 'vitest'
import { memberIdSchema, type ProducerInfo } from '../../../sfu/protocol/index.ts'
import { settle } from '../testing/manual-timers.ts'
import type { Peer, Request } from './peer.ts'
import { Subscriber } from './subscriber.ts'

/** Receiving looks at no more of these than there is. */
function isPeer(parts: object): parts is Peer {
  return 'recv' in parts
}

function isConsumer(parts: object): parts is types.Consumer {
  return 'close' in parts
}

const camera: ProducerInfo = {
  producerId: 'p1',
  memberId: memberIdSchema.parse('00000000-0000-4000-8000-000000000001'),
  source: 'camera',
  kind: 'video',
  paused: false,
}
const microphone: ProducerInfo = {
  ...camera,
  producerId: 'p2',
  source: 'microphone',
  kind: 'audio',
}
const LARGE = { width: 960, height: 540 }
const SMALL = { width: 160, height: 90 }

/** A subscriber over a connection that gives everything, and what the media server was asked, in order. */
function receiving() {
  const asked: string[] = []
  const answer = (method: string, data: object): object => {
    const { spatialLayer, temporalLayer } = { spatialLayer: '', temporalLayer: '', ...data }
    asked.push(method === 'setPreferredLayers' ? `layers ${spatialLayer}:${temporalLayer}` : method)
    const parameters = { kind: 'video', rtpParameters: {} }
    return method === 'consume' ? { consumerId: `c${asked.length}`, ...parameters } : {}
  }
  const request: Request = (method, data) => Promise.resolve(answer(method, data) as never)
  const subscriber = new Subscriber({
    request,
    onChange: () => undefined,
    onLost: () => undefined,
    onError: (error) => {
      throw error
    },
  })
  const consume = ({ id }: { id: string }): Promise<types.Consumer> => {
    const consumer = { id, track: null, close: () => undefined }
    if (!isConsumer(consumer)) throw new Error('unreachable')
    return Promise.resolve(consumer)
  }
  const peer = { recv: { consume } }
  if (!isPeer(peer)) throw new Error('unreachable')
  subscriber.attach(peer)
  const take = async (): Promise<string[]> => {
    await settle()
    return asked.splice(0)
  }
  return { subscriber, take }
}

test('a picture that nobody can see is not asked for, and sound always is', async () => {
  const { subscriber, take } = receiving()
  subscriber.setProducers([camera, microphone])
  expect(await take()).toEqual(['consume', 'resumeConsumer'])
})

test('a tile in sight gets the layers of its size, and is paused once it is out of sight', async () => {
  const { subscriber, take } = receiving()
  subscriber.setProducers([camera])
  subscriber.setSight(new Map([['p1', LARGE]]))
  expect(await take()).toEqual(['consume', 'layers 2:2', 'resumeConsumer'])
  subscriber.setSight(new Map([['p1', SMALL]]))
  expect(await take()).toEqual(['layers 0:1'])
  subscriber.setSight(new Map())
  expect(await take()).toEqual(['pauseConsumer'])
  subscriber.setSight(new Map([['p1', SMALL]]))
  expect(await take()).toEqual(['resumeConsumer'])
})

test('a hidden page receives no picture until it is shown again', async () => {
  const { subscriber, take } = receiving()
  subscriber.setProducers([camera, microphone])
  subscriber.setSight(new Map([['p1', LARGE]]))
  await take()
  subscriber.setHidden(true)
  expect(await take()).toEqual(['pauseConsumer'])
  subscriber.setHidden(false)
  expect(await take()).toEqual(['resumeConsumer'])
})

test('a machine that is behind gets less of a camera, and a shared screen as sharp as before', async () => {
  const { subscriber, take } = receiving()
  const screen: ProducerInfo = { ...camera, producerId: 'p3', source: 'screen' }
  subscriber.setProducers([camera, screen])
  subscriber.setSight(
    new Map([
      ['p1', LARGE],
      ['p3', LARGE],
    ]),
  )
  await take()
  subscriber.setStrain(2)
  expect((await take()).toSorted()).toEqual(['layers 0:1', 'layers 1:0'])
})

test('what the media server closed is asked for anew', async () => {
  const { subscriber, take } = receiving()
  subscriber.setProducers([microphone])
  await take()
  subscriber.consumerClosed('c1')
  expect(await take()).toEqual(['consume', 'resumeConsumer'])
})
