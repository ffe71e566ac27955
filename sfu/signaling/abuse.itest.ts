import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  closeCodes,
  MAX_MESSAGE_BYTES,
  MESSAGE_BURST,
  type ResponseEnvelope,
  requests,
  signalingErrors,
  SOURCE_BURST,
  SOURCE_SWITCH_BURST,
} from '../protocol/index.ts'
import { dtlsParameters, opus } from '../testing/fake-media.ts'
import type { SignalingClient } from '../testing/signaling-client.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let school: TestServer

beforeAll(async () => {
  school = await startTestServer()
})

afterAll(async () => {
  await school.close()
})

/** Sends a text as it stands and gives the answer to it. */
async function sendRaw(client: SignalingClient, text: string, id = 0): Promise<ResponseEnvelope> {
  const answer = client.answer(id)
  client.socket.send(text)
  return await answer
}

/** One request of every method, with parameters that a real one could have. */
async function corpus(client: SignalingClient): Promise<{ method: string; data: object }[]> {
  const { transportId } = await client.request('createTransport', { direction: 'send' })
  const ids = { producerId: randomUUID(), consumerId: randomUUID(), transportId }
  const data = {
    ...ids,
    ticket: 'a.b.c',
    resumeToken: 'A'.repeat(43),
    direction: 'recv',
    dtlsParameters,
    rtpCapabilities: { codecs: [], headerExtensions: [] },
    kind: 'audio',
    source: 'microphone',
    rtpParameters: opus(1),
    sctpStreamParameters: { streamId: 1, ordered: true },
    spatialLayer: 0,
    to: randomUUID(),
    box: 'AAAA',
    writer: 'A'.repeat(22),
    number: 1,
  }
  return Object.keys(requests)
    .filter((method) => method !== 'leave')
    .map((method) => ({ method, data }))
}

/** A value with something inside replaced. */
function mutations(value: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(value)) {
    const items = value.map((item) => fc.oneof(fc.constant(item), mutations(item)))
    return fc.oneof(fc.tuple(...items), fc.jsonValue())
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, inner]): [string, fc.Arbitrary<unknown>] => [
      key,
      fc.oneof({ weight: 4, arbitrary: fc.constant(inner) }, mutations(inner)),
    ])
    return fc.record(Object.fromEntries(entries), { requiredKeys: [] })
  }
  return fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom('', '__proto__', 'constructor', -1, 1e308, 4_294_967_296, 'x'.repeat(5_000)),
  )
}

test('whatever is sent is answered with a code, and others notice nothing', async () => {
  const cls = randomUUID()
  const other = await school.join({ cls })
  const { client } = await school.join({ cls, role: 'student' })
  const valid = await corpus(client)
  const broken = fc.constantFrom(...valid).chain(({ method, data }) =>
    fc.record({
      method: fc.oneof({ weight: 5, arbitrary: fc.constant(method) }, fc.string()),
      data: fc.oneof(mutations(data), fc.jsonValue()),
    }),
  )
  let sent = 0
  await fc.assert(
    fc.asyncProperty(broken, async ({ method, data }) => {
      sent += 1
      // So that the limit on messages, tested elsewhere, is never what answers.
      school.clock.advance(1_000)
      const response = await client.send(method, data)
      if (!response.ok) expect(Object.keys(signalingErrors)).toContain(response.error.code)
      if (!response.ok) expect(response.error.code).not.toBe('internal')
    }),
    { numRuns: 500, endOnFailure: true },
  )
  expect(sent).toBe(500)
  await other.client.request('createTransport', { direction: 'recv' })
  expect(other.client.allTold('memberLeft')).toEqual([])
  expect((await school.internal('GET', '/internal/health')).status).toBe(200)
})

test('texts that are no request are answered as malformed', async () => {
  const { client } = await school.join()
  const texts = [
    '',
    '{',
    'null',
    '[]',
    '"join"',
    '{"id":"1"}',
    '{"id":-1,"method":"leave","data":{}}',
  ]
  for (const text of texts) {
    school.clock.advance(1_000)
    expect(await sendRaw(client, text)).toMatchObject({ error: { code: 'malformed-message' } })
  }
  expect(await sendRaw(client, '{"id":77}', 77)).toMatchObject({
    error: { code: 'malformed-message' },
  })
  const binary = client.answer(0)
  client.socket.send(Buffer.alloc(256))
  expect(await binary).toMatchObject({ error: { code: 'malformed-message' } })
  expect(await client.refused('fly', {})).toBe('unknown-method')
  expect(await client.refused('toString', {})).toBe('unknown-method')
  expect(await client.refused('__proto__', {})).toBe('unknown-method')
  const ticket = await school.issuer.ticket()
  expect(await client.refused('join', { ticket })).toBe('already-joined')
})

test('an oversized message ends its connection alone, and the membership can be resumed', async () => {
  const cls = randomUUID()
  const other = await school.join({ cls })
  const { client, entry } = await school.join({ cls })
  const padding = 'x'.repeat(MAX_MESSAGE_BYTES)
  client.socket.send(JSON.stringify({ id: 1, method: 'leave', data: { padding } }))
  expect(await client.closed()).toBe(1009)
  await other.client.told('memberUpdated', ({ member }) => !member.connected)
  const back = await school.connect()
  await back.request('resume', { resumeToken: entry.resumeToken })
})

test('a flood is slowed, then cut off; others are served meanwhile', async () => {
  const cls = randomUUID()
  const other = await school.join({ cls })
  const { client, entry } = await school.join({ cls })
  for (let id = 1_000; id < 1_000 + MESSAGE_BURST * 2; id += 1) {
    client.socket.send(JSON.stringify({ id, method: 'restartIce', data: { transportId: 'x' } }))
  }
  await other.client.request('createTransport', { direction: 'recv' })
  expect([closeCodes.abuse, 1006]).toContain(await client.closed())
  await other.client.told('memberUpdated', ({ member }) => !member.connected)

  // The limit belongs to the membership: a new connection does not start it afresh.
  const back = await school.connect()
  await back.request('resume', { resumeToken: entry.resumeToken })
  expect(await back.refused('restartIce', { transportId: 'x' })).toBe('rate-limited')
  school.clock.advance(1_000)
  expect(await back.refused('restartIce', { transportId: 'x' })).toBe('transport-unknown')
})

test('a stranger who floods before joining is cut off', async () => {
  const client = await school.connect()
  for (let count = 0; count < 200; count += 1) client.socket.send('nonsense')
  expect([closeCodes.abuse, 1006]).toContain(await client.closed())
})

test('one who begins and ends to send in a loop is held to a pace that others can follow', async () => {
  const cls = randomUUID()
  const other = await school.join({ cls, role: 'teacher' })
  const { client, entry } = await school.join({ cls })
  const { transportId } = await client.request('createTransport', { direction: 'send' })
  const produce = (ssrc: number) =>
    client.send('produce', {
      transportId,
      kind: 'audio',
      source: 'microphone',
      rtpParameters: opus(ssrc),
    })
  let producerId = ''
  for (let cycle = 0; cycle < SOURCE_BURST; cycle += 1) {
    const answer = await produce(cycle + 1)
    if (!answer.ok) throw new Error(answer.error.code)
    producerId = requests.produce.response.parse(answer.data).producerId
    if (cycle < SOURCE_BURST - 1) await client.request('closeProducer', { producerId })
  }
  for (let round = 0; round < SOURCE_SWITCH_BURST; round += 1) {
    await client.request('pauseProducer', { producerId })
    await client.request('resumeProducer', { producerId })
  }
  expect(await client.refused('resumeProducer', { producerId })).toBe('rate-limited')
  const resting = { producerId, resting: true }
  expect(await client.refused('pauseProducer', resting)).toBe('rate-limited')
  // Whoever wants to be silent is, however often before.
  await client.request('pauseProducer', { producerId })
  await client.request('closeProducer', { producerId })
  expect(await produce(1_000)).toMatchObject({ error: { code: 'rate-limited' } })
  await other.client.request('removeMember', { memberId: entry.memberId })
  await client.told('removed')
  expect(other.client.allTold('producerAdded')).toHaveLength(SOURCE_BURST)
})

test('one who reads nothing is cut off; others in the class go on', async () => {
  const cls = randomUUID()
  const teacher = await school.join({ cls, role: 'teacher' })
  const { client, entry } = await school.join({ cls })
  client.socket.pause()
  const box = 'A'.repeat(16_000)
  // Enough to fill the sockets' own buffers and what the server keeps for a slow reader.
  const isCutOff = (): boolean => teacher.client.allTold('memberUpdated').length > 0
  for (let count = 0; count < 5_000 && !isCutOff(); count += 1) {
    if (count % 50 === 0) school.clock.advance(1_000)
    await teacher.client.request('sendReceipt', { to: entry.memberId, box })
  }
  const { member } = await teacher.client.told('memberUpdated')
  expect(member).toMatchObject({ memberId: entry.memberId, connected: false })
})

test('more connections from one address than a school opens are turned away', async () => {
  const headers = { 'x-forwarded-for': '198.51.100.7' }
  const open = async () => await school.connect({ headers })
  for (let count = 0; count < 400; count += 1) await open()
  await expect(open()).rejects.toThrow('429')
  await school.connect({ headers: { 'x-forwarded-for': '198.51.100.8' } })
})
