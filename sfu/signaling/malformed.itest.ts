/**
 * Ten thousand messages that no browser of ours sends: answered or cut off, in bounded memory, while
 * others in the class are served as if nothing happened.
 */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RtpParameters, requests } from '../protocol/index.ts'
import { opus, vp8 } from '../testing/fake-media.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let school: TestServer

beforeAll(async () => {
  school = await startTestServer()
})

afterAll(async () => {
  await school.close()
})

const MESSAGES = 10_000
/** Below what a membership may send in one go, malformed ones counting ten times. */
const AT_ONCE = 30
const MEBIBYTE = 1_048_576

/** Texts that have broken parsers before. */
const CORPUS: readonly string[] = [
  '',
  ' ',
  '\u0000',
  '\ufeff{}',
  '{',
  '}',
  '[',
  ']]]]',
  'null',
  'NaN',
  '-0',
  '1e999',
  '"\\ud800"',
  '{"id":1}',
  '{"id":1,"method":null,"data":{}}',
  '{"id":1,"method":"join"}',
  '{"id":1,"method":"join","data":null}',
  '{"id":1,"method":"join","data":{"ticket":1}}',
  '{"id":1.5,"method":"leave","data":{}}',
  '{"id":9007199254740993,"method":"leave","data":{}}',
  '{"id":-1,"method":"leave","data":{}}',
  '{"id":1,"id":2,"method":"nothing","data":{}}',
  '{"__proto__":{"admin":true},"id":1,"method":"constructor","data":{}}',
  '{"id":1,"method":"toString","data":{"__proto__":{"length":5}}}',
  '{"id":1,"method":"produce","data":{"transportId":{"toString":"x"}}}',
  `{"id":1,"method":"${'a'.repeat(60_000)}","data":{}}`,
  `{"id":1,"method":"consume","data":{"producerId":"${'\\u0000'.repeat(9_000)}"}}`,
  '['.repeat(30_000),
  `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
  `{"id":1,"method":"restoreChat","data":{"messages":[${'{},'.repeat(20_000)}{}]}}`,
]

/** A frame that is broken in form or in sense. */
const broken: fc.Arbitrary<string | Buffer> = fc.oneof(
  fc.constantFrom(...CORPUS),
  fc.string({ maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.json({ maxDepth: 4 }),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc
    .record({
      id: fc.oneof(fc.nat(), fc.string(), fc.constant(null), fc.double()),
      method: fc.oneof(fc.constantFrom(...Object.keys(requests)), fc.string()),
      data: fc.oneof(fc.object({ maxDepth: 3 }), fc.jsonValue()),
    })
    .filter(({ method }) => method !== 'leave')
    .map((request) => JSON.stringify(request)),
  fc
    .tuple(fc.constantFrom(...CORPUS), fc.nat())
    .map(([text, at]) => text.slice(0, at % (text.length + 1))),
)

test(`${MESSAGES} malformed messages change nothing for others, and fill no memory`, async () => {
  const cls = randomUUID()
  const other = await school.join({ cls, role: 'teacher' })
  const frames = fc.sample(broken, { numRuns: MESSAGES, seed: 7 })
  let { client, entry } = await school.join({ cls })
  globalThis.gc?.()
  const before = process.memoryUsage()
  let answers = 0
  const count = (data: Buffer): void => {
    if (data.includes('"ok":')) answers += 1
  }
  client.socket.prependListener('message', count)
  for (let from = 0; from < frames.length; from += AT_ONCE) {
    school.clock.advance(60_000)
    const some = frames.slice(from, from + AT_ONCE)
    const wanted = answers + some.length
    for (const frame of some) client.socket.send(frame)
    await client.until(() => client.closeCode !== null || answers >= wanted)
    if (client.closeCode !== null) {
      // A frame may be answered by the end of its connection alone; the membership is there still.
      client = await school.connect()
      entry = await client.request('resume', { resumeToken: entry.resumeToken })
      client.socket.prependListener('message', count)
    }
    // The one beside it is served between any two bursts.
    const { transportId } = await other.client.request('createTransport', { direction: 'recv' })
    await other.client.request('closeTransport', { transportId })
  }
  expect(other.client.allTold('memberLeft')).toEqual([])
  expect((await school.internal('GET', '/internal/health')).status).toBe(200)
  globalThis.gc?.()
  const grown = process.memoryUsage().rss - before.rss
  expect(grown / MEBIBYTE).toBeLessThan(200)
}, 180_000)

test('parameters larger than any browser’s are refused by their form alone', async () => {
  const { client } = await school.join()
  const { transportId } = await client.request('createTransport', { direction: 'send' })
  const [codec] = vp8(1).codecs
  if (codec === undefined) throw new Error('no codec')
  const many = <T>(item: T, count: number): T[] => Array.from({ length: count }, () => item)
  const parameters = Object.fromEntries(
    many('x', 500).map((text, index) => [`${text}${index}`, index]),
  )
  const oversized: RtpParameters[] = [
    { ...vp8(1), encodings: many({ ssrc: 1 }, 1_000) },
    { ...vp8(1), codecs: many(codec, 300) },
    { ...vp8(1), codecs: [{ ...codec, parameters }] },
    { ...vp8(1), codecs: [{ ...codec, rtcpFeedback: many({ type: 'nack' }, 1_000) }] },
    {
      ...opus(1),
      headerExtensions: many({ uri: 'urn:3gpp:video-orientation' as const, id: 1 }, 500),
    },
    { ...opus(1), msid: 'x'.repeat(30_000) },
    { ...opus(1), rtcp: { cname: 'x'.repeat(30_000) } },
  ]
  for (const rtpParameters of oversized) {
    school.clock.advance(1_000)
    const data = { transportId, kind: 'video', source: 'camera', rtpParameters }
    expect(await client.refused('produce', data)).toBe('invalid-data')
  }
  const fingerprints = many({ algorithm: 'sha-256', value: many('AB', 32).join(':') }, 200)
  const connect = { transportId, dtlsParameters: { role: 'client', fingerprints } }
  expect(await client.refused('connectTransport', connect)).toBe('invalid-data')
  const rtpCapabilities = { codecs: many({ kind: 'video', mimeType: 'video/VP8' }, 1_000) }
  expect(await client.refused('setRtpCapabilities', { rtpCapabilities })).toBe('invalid-data')
  // The transport is as good as before.
  await client.request('produce', {
    transportId,
    kind: 'audio',
    source: 'microphone',
    rtpParameters: opus(77),
  })
})
