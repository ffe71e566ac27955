import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MediaSource, ResponseData } from '../protocol/index.ts'
import { dtlsParameters, opus, vp8 } from '../testing/fake-media.ts'
import type { SignalingClient } from '../testing/signaling-client.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let school: TestServer

beforeAll(async () => {
  school = await startTestServer()
})

afterAll(async () => {
  await school.close()
})

/** A teacher and a student of one class. */
async function openClass() {
  const cls = randomUUID()
  const teacher = await school.join({ cls, role: 'teacher' })
  const student = await school.join({ cls })
  return { cls, teacher, student }
}

async function send(
  client: SignalingClient,
  source: MediaSource,
): Promise<ResponseData<'produce'> & { transportId: string }> {
  const { transportId } = await client.request('createTransport', { direction: 'send' })
  const video = source === 'camera' || source === 'screen'
  const produced = await client.request('produce', {
    transportId,
    kind: video ? 'video' : 'audio',
    source,
    rtpParameters: video ? vp8(1_000) : opus(2_000),
  })
  return { ...produced, transportId }
}

async function receive(
  { client, entry }: Awaited<ReturnType<TestServer['join']>>,
  producerId: string,
): Promise<ResponseData<'consume'>> {
  await client.request('setRtpCapabilities', { rtpCapabilities: entry.routerRtpCapabilities })
  await client.request('createTransport', { direction: 'recv' })
  return await client.request('consume', { producerId })
}

describe('sending and receiving', () => {
  test('a camera in layers is told to the others and consumed paused', async () => {
    const { teacher, student, cls } = await openClass()
    const { producerId } = await send(student.client, 'camera')
    const { producer } = await teacher.client.told('producerAdded')
    expect(producer).toEqual({
      producerId,
      memberId: student.entry.memberId,
      kind: 'video',
      source: 'camera',
      paused: false,
    })
    const consumer = await receive(teacher, producerId)
    expect(consumer).toMatchObject({ producerId, kind: 'video', type: 'simulcast' })
    const { consumerId } = consumer
    const layers = { spatialLayer: 1, temporalLayer: 0 }
    await teacher.client.request('setPreferredLayers', { consumerId, ...layers })
    await teacher.client.request('resumeConsumer', { consumerId })
    await teacher.client.request('pauseConsumer', { consumerId })
    await teacher.client.request('closeConsumer', { consumerId })

    const late = await school.join({ cls })
    expect(late.entry.producers).toEqual([producer])
  })

  test('pausing, resuming and closing reach the others', async () => {
    const { teacher, student } = await openClass()
    const { producerId } = await send(student.client, 'microphone')
    const { consumerId } = await receive(teacher, producerId)
    await student.client.request('pauseProducer', { producerId })
    await teacher.client.told('producerUpdated', ({ paused }) => paused)
    await teacher.client.told('consumerPaused', (told) => told.consumerId === consumerId)
    await student.client.request('resumeProducer', { producerId })
    await teacher.client.told('producerUpdated', ({ paused }) => !paused)
    await teacher.client.told('consumerResumed')
    await student.client.request('closeProducer', { producerId })
    await teacher.client.told('producerClosed', (told) => told.producerId === producerId)
    await teacher.client.told('consumerClosed', (told) => told.consumerId === consumerId)
  })

  test('leaving ends what was sent', async () => {
    const { teacher, student } = await openClass()
    const { producerId } = await send(student.client, 'camera')
    await student.client.request('leave', {})
    await teacher.client.told('producerClosed', (told) => told.producerId === producerId)
    await teacher.client.told('memberLeft')
  })

  test('candidates are offered over UDP and TCP, UDP first, and SCTP where records travel', async () => {
    const { teacher, student } = await openClass()
    const guest = await school.join({ role: 'guest' })
    const sctp = async ({ client }: { client: SignalingClient }, direction: 'send' | 'recv') =>
      (await client.request('createTransport', { direction })).sctpParameters !== null
    expect(await sctp(student, 'send')).toBe(true)
    expect(await sctp(student, 'recv')).toBe(false)
    expect(await sctp(teacher, 'send')).toBe(false)
    expect(await sctp(teacher, 'recv')).toBe(true)
    expect(await sctp(guest, 'send')).toBe(false)
    const { iceCandidates } = await guest.client.request('createTransport', { direction: 'recv' })
    const byPriority = iceCandidates.toSorted((a, b) => b.priority - a.priority)
    expect(byPriority.map(({ protocol }) => protocol)).toEqual(['udp', 'tcp'])
  })
})

describe('what is refused', () => {
  test("another member's transports, producers and consumers cannot be named", async () => {
    const { teacher, student } = await openClass()
    const { producerId, transportId } = await send(student.client, 'camera')
    const { consumerId } = await receive(teacher, producerId)
    const intruder = await school.join({ cls: student.entry.class.id })
    const refused: Record<string, unknown>[] = [
      { method: 'pauseProducer', data: { producerId }, code: 'producer-unknown' },
      { method: 'resumeProducer', data: { producerId }, code: 'producer-unknown' },
      { method: 'closeProducer', data: { producerId }, code: 'producer-unknown' },
      { method: 'closeTransport', data: { transportId }, code: 'transport-unknown' },
      { method: 'restartIce', data: { transportId }, code: 'transport-unknown' },
      { method: 'resumeConsumer', data: { consumerId }, code: 'consumer-unknown' },
      { method: 'closeConsumer', data: { consumerId }, code: 'consumer-unknown' },
      {
        method: 'connectTransport',
        data: { transportId, dtlsParameters },
        code: 'transport-unknown',
      },
      {
        method: 'produce',
        data: { transportId, kind: 'audio', source: 'microphone', rtpParameters: opus(7) },
        code: 'transport-unknown',
      },
    ]
    for (const { method, data, code } of refused) {
      expect(await intruder.client.refused(String(method), data), String(method)).toBe(code)
    }
    expect(teacher.client.allTold('producerClosed')).toEqual([])
    expect(teacher.client.allTold('producerUpdated')).toEqual([])
  })

  test('what is sent in another class cannot be consumed', async () => {
    const { student } = await openClass()
    const { producerId } = await send(student.client, 'camera')
    const stranger = await school.join({ role: 'teacher' })
    const { routerRtpCapabilities: rtpCapabilities } = stranger.entry
    await stranger.client.request('setRtpCapabilities', { rtpCapabilities })
    await stranger.client.request('createTransport', { direction: 'recv' })
    expect(await stranger.client.refused('consume', { producerId })).toBe('producer-unknown')
  })

  test('the same source twice, a source of another kind, the wrong direction', async () => {
    const { student } = await openClass()
    const { transportId } = await send(student.client, 'camera')
    const { client } = student
    const camera = { transportId, kind: 'video', source: 'camera', rtpParameters: vp8(50) }
    expect(await client.refused('produce', camera)).toBe('source-taken')
    expect(await client.refused('produce', { ...camera, source: 'microphone' })).toBe(
      'producer-kind',
    )
    const recv = await client.request('createTransport', { direction: 'recv' })
    expect(
      await client.refused('produce', {
        ...camera,
        transportId: recv.transportId,
        source: 'screen',
      }),
    ).toBe('transport-direction')
  })

  test('parameters that mediasoup cannot use are a code, and the class goes on', async () => {
    const { teacher, student } = await openClass()
    const { client } = student
    const { transportId } = await client.request('createTransport', { direction: 'send' })
    const codec = { mimeType: 'video/H266', payloadType: 96, clockRate: 90_000 }
    const bad = { codecs: [codec], encodings: [{ ssrc: 1 }] }
    const request = { transportId, kind: 'video', source: 'camera', rtpParameters: bad }
    expect(await client.refused('produce', request)).toBe('media-refused')
    expect(await client.refused('produce', { ...request, encryption: { key: 1 } })).toBe(
      'invalid-data',
    )
    await send(client, 'camera')
    await teacher.client.told('producerAdded')
  })

  test('consuming without capabilities or twice, connecting twice, too many transports', async () => {
    const { teacher, student } = await openClass()
    const { producerId } = await send(student.client, 'camera')
    const { client } = teacher
    expect(await client.refused('consume', { producerId })).toBe('capabilities-missing')
    await receive(teacher, producerId)
    expect(await client.refused('consume', { producerId })).toBe('consumer-exists')
    expect(await client.refused('setRtpCapabilities', { rtpCapabilities: {} })).toBe(
      'capabilities-set',
    )
    const { transportId } = await client.request('createTransport', { direction: 'send' })
    await client.request('connectTransport', { transportId, dtlsParameters })
    expect(await client.refused('connectTransport', { transportId, dtlsParameters })).toBe(
      'transport-connected',
    )
    await client.request('createTransport', { direction: 'send' })
    await client.request('createTransport', { direction: 'send' })
    expect(await client.refused('createTransport', { direction: 'send' })).toBe('transport-limit')
    await client.request('closeTransport', { transportId })
    await client.request('createTransport', { direction: 'send' })
  })

  test('a browser that plays nothing of it', async () => {
    const { teacher, student } = await openClass()
    const { producerId } = await send(student.client, 'camera')
    await teacher.client.request('setRtpCapabilities', { rtpCapabilities: { codecs: [] } })
    await teacher.client.request('createTransport', { direction: 'recv' })
    expect(await teacher.client.refused('consume', { producerId })).toBe('cannot-consume')
  })
})

test('a dead worker is replaced: members stay, and media begins anew', async () => {
  const { teacher, student } = await openClass()
  const { producerId } = await send(student.client, 'camera')
  await receive(teacher, producerId)
  const [pid] = school.server.pool.pids
  process.kill(Number(pid), 'SIGKILL')
  const { routerRtpCapabilities } = await student.client.told('mediaReset')
  await teacher.client.told('mediaReset')
  expect(routerRtpCapabilities).toEqual(student.entry.routerRtpCapabilities)
  expect(teacher.client.allTold('memberLeft')).toEqual([])
  const again = await send(student.client, 'camera')
  await teacher.client.told(
    'producerAdded',
    ({ producer }) => producer.producerId === again.producerId,
  )
  await receive(teacher, again.producerId)
  expect((await school.internal('GET', '/internal/health')).status).toBe(200)
})
