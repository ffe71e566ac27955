import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dtlsParameters, opus, vp8 } from '../testing/fake-media.ts'
import {
  b64u,
  isMethod,
  isNotificationName,
  type Method,
  notifications,
  readRequest,
  readServerMessage,
  requests,
  rtpParametersSchema,
  SignalingError,
  signalingErrors,
} from './index.ts'

const methods = Object.keys(requests) as Method[]

describe('reading never throws', () => {
  test('whatever text arrives', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' })), (text) => {
        const read = readRequest(text)
        expect(read.ok ? typeof read.request.method : typeof read.id).toMatch(/string|number/)
        expect(['response', 'notification', 'unknown']).toContain(readServerMessage(text).type)
      }),
      { numRuns: 1_000 },
    )
  })

  test('whatever data a method or a notification carries', () => {
    const names = fc.constantFrom(...methods)
    fc.assert(
      fc.property(names, fc.jsonValue(), (method, data) => {
        const parsed = requests[method].request.safeParse(data)
        expect(typeof parsed.success).toBe('boolean')
        if (parsed.success) expect(requests[method].request.parse(parsed.data)).toEqual(parsed.data)
      }),
      { numRuns: 1_000 },
    )
    for (const notification of Object.keys(notifications)) {
      fc.assert(
        fc.property(fc.jsonValue(), (data) => {
          const { type } = readServerMessage(JSON.stringify({ notification, data }))
          expect(['notification', 'unknown']).toContain(type)
        }),
        { numRuns: 50 },
      )
    }
  })
})

test('a malformed request is answered under its own id where it has one', () => {
  expect(readRequest('{"id":7,"method":"leave","data":{}}')).toMatchObject({ ok: true })
  expect(readRequest('{"id":7}')).toEqual({ ok: false, id: 7 })
  expect(readRequest('{"id":1.5}')).toEqual({ ok: false, id: 0 })
  expect(readRequest('[7]')).toEqual({ ok: false, id: 0 })
})

test('names that every object has are neither methods nor notifications', () => {
  for (const name of ['toString', '__proto__', 'constructor', 'hasOwnProperty', '']) {
    expect(isMethod(name)).toBe(false)
    expect(isNotificationName(name)).toBe(false)
  }
})

test('binary of every size in bounds is taken, of every other refused', () => {
  const schema = b64u(16, 48)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      const text = Buffer.from(bytes).toString('base64url')
      expect(schema.safeParse(text).success).toBe(bytes.length >= 16 && bytes.length <= 48)
    }),
  )
  expect(schema.safeParse('A'.repeat(29)).success).toBe(false)
  expect(schema.safeParse(`${'A'.repeat(30)}==`).success).toBe(false)
  expect(schema.safeParse('+/'.repeat(16)).success).toBe(false)
})

describe('media parameters', () => {
  test("a browser's are taken as they stand", () => {
    for (const parameters of [opus(1), vp8(1)]) {
      expect(rtpParametersSchema.parse(parameters)).toEqual(parameters)
    }
    const { dtlsParameters: schema } = requests.connectTransport.request.shape
    expect(schema.parse(dtlsParameters)).toEqual(dtlsParameters)
  })

  test.each([
    ['no codec', { ...opus(1), codecs: [] }],
    ['thousands of codecs', { ...opus(1), codecs: Array(1_000).fill(opus(1).codecs[0]) }],
    ['thousands of encodings', { ...opus(1), encodings: Array(1_000).fill({ ssrc: 1 }) }],
    ['an ssrc past 32 bits', { ...opus(1), encodings: [{ ssrc: 2 ** 32 }] }],
    ['an unknown extension', { ...opus(1), headerExtensions: [{ uri: 'urn:x', id: 1 }] }],
    [
      'a nested codec parameter',
      { ...opus(1), codecs: [{ ...opus(1).codecs[0], parameters: { deep: { er: 1 } } }] },
    ],
    [
      'an endless codec parameter',
      { ...opus(1), codecs: [{ ...opus(1).codecs[0], parameters: { a: 'x'.repeat(1_000) } }] },
    ],
  ])('%s is refused', (_, parameters) => {
    expect(rtpParametersSchema.safeParse(parameters).success).toBe(false)
  })

  test('encryption is reserved: nothing but null is taken', () => {
    const produce = {
      transportId: 't',
      kind: 'audio',
      source: 'microphone',
      rtpParameters: opus(1),
    }
    const accepts = (data: unknown): boolean => requests.produce.request.safeParse(data).success
    expect(accepts(produce)).toBe(true)
    expect(accepts({ ...produce, encryption: null })).toBe(true)
    expect(accepts({ ...produce, encryption: 'sframe' })).toBe(false)
  })

  test('a label or protocol of a data channel is dropped', () => {
    const sctpStreamParameters = { streamId: 1, label: 'teacher', protocol: 'root' }
    const parsed = requests.produceData.request.parse({ transportId: 't', sctpStreamParameters })
    expect(parsed.sctpStreamParameters).toEqual({ streamId: 1 })
  })
})

test('every error has one sentence of its own', () => {
  const sentences = Object.values(signalingErrors)
  expect(new Set(sentences).size).toBe(sentences.length)
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*[.]$/)
  expect(new SignalingError('rate-limited')).toMatchObject({
    code: 'rate-limited',
    message: signalingErrors['rate-limited'],
  })
})
