import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyDerivation } from './accounts.ts'
import { sessionAnswer } from './session.ts'
import { createWireCall } from './client.ts'
import { consentTextFor, consentTextToHash } from './consent.ts'
import { COUNTRIES, EU_EEA_COUNTRIES, needsWrittenReason } from './countries.ts'
import { errorTable, isErrorCode } from './errors.ts'
import { accountId, b64uExactly, b64uUpTo, displayName, emailAddress } from './primitives.ts'
import { routePath } from './route-path.ts'
import { routes } from './routes.ts'
import { DEFAULT_COURSE_SETTINGS } from './settings.ts'

const b64u = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

describe('binary in JSON', () => {
  it('takes bytes of the right number in their one spelling', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (bytes) => {
        const text = b64u(bytes)
        expect(b64uExactly(bytes.length).safeParse(text).success).toBe(true)
        expect(b64uUpTo(bytes.length).safeParse(text).success).toBe(true)
        expect(b64uExactly(bytes.length + 3).safeParse(text).success).toBe(false)
        const other = text.slice(0, -1) + (text.endsWith('_') ? '-' : '_')
        const same = b64u(Buffer.from(other, 'base64url')) === other
        expect(b64uExactly(bytes.length).safeParse(other).success).toBe(same)
      }),
    )
  })

  it('refuses padding, other alphabets and lengths that no bytes have', () => {
    for (const text of ['AA==', 'A+/=', 'A', 'AAAAA', '', 'AA\n']) {
      expect(b64uUpTo(100).safeParse(text).success).toBe(false)
    }
  })
})

describe('names and addresses', () => {
  it('takes names of all scripts, trimmed', () => {
    for (const name of ['Ada', 'محمد', '山田 太郎', 'Zoë O’Neil', '👩‍🏫']) {
      expect(displayName.parse(`  ${name} `)).toBe(name)
    }
  })

  it('takes marks out of a name that would turn the words around it', () => {
    expect(displayName.parse('Sam\u202e')).toBe('Sam')
    expect(displayName.parse('\u202b\u05d2\u05e1\u202c Gus')).toBe('\u05d2\u05e1 Gus')
    expect(displayName.safeParse('\u202e').success).toBe(false)
  })

  it('refuses names that are empty, invisible, of several lines or endless', () => {
    for (const name of ['', '   ', '\u200b', 'a\nb', 'a\u0000', 'a\u2028b', 'x'.repeat(101)]) {
      expect(displayName.safeParse(name).success).toBe(false)
    }
  })

  it('compares addresses in lower case', () => {
    expect(emailAddress.parse(' Ada@School.Example ')).toBe('ada@school.example')
    for (const text of ['ada', 'a@b@c', 'a b@c.example', `${'a'.repeat(250)}@b.example`]) {
      expect(emailAddress.safeParse(text).success).toBe(false)
    }
  })

  it('takes ids in lower case alone', () => {
    expect(accountId.safeParse('0b9c5c1e-7c68-4a5e-9a3e-2f9d0a1b2c3d').success).toBe(true)
    expect(accountId.safeParse('0B9C5C1E-7C68-4A5E-9A3E-2F9D0A1B2C3D').success).toBe(false)
  })
})

describe('key derivation', () => {
  it('is never weaker than 64 MiB and 3 passes', () => {
    const strong = { algorithm: 'argon2id', passes: 3, memoryBytes: 67_108_864 }
    expect(keyDerivation.safeParse(strong).success).toBe(true)
    expect(keyDerivation.safeParse({ ...strong, passes: 2 }).success).toBe(false)
    expect(keyDerivation.safeParse({ ...strong, memoryBytes: 67_108_863 }).success).toBe(false)
  })
})

describe('consent', () => {
  it('is asked for by what is read and who may open it', () => {
    const of = (readings: 'off' | 'check-ins' | 'expression', full = false) =>
      consentTextFor({
        ...DEFAULT_COURSE_SETTINGS,
        readings,
        historyPolicy: full ? 'full-history' : 'totals',
      })
    expect([of('off'), of('check-ins'), of('expression'), of('expression', true)]).toEqual([
      null,
      'check-ins/1',
      'expression/1',
      'expression-full-history/1',
    ])
  })

  it('is one string, however its letters are composed', () => {
    const composed = consentTextToHash([' caf\u00e9 ', 'b'])
    const decomposed = consentTextToHash(['cafe\u0301', 'b'])
    expect(decomposed).toBe(composed)
  })
})

describe('countries', () => {
  it('are 249, the 27 of the Union, three of the EEA and seven parts of members among them', () => {
    expect(new Set(COUNTRIES).size).toBe(249)
    expect(new Set(EU_EEA_COUNTRIES).size).toBe(37)
    expect(EU_EEA_COUNTRIES.every((code) => COUNTRIES.includes(code))).toBe(true)
    expect(['FR', 'NO', 'CH', 'GB', 'US'].map(needsWrittenReason)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
  })

  it('have the law of the Union in the outermost regions and Åland, not in overseas territories', () => {
    const inside = ['AX', 'GF', 'GP', 'MF', 'MQ', 'RE', 'YT']
    expect(inside.filter((code) => !needsWrittenReason(code))).toEqual([])
    const outside = ['AW', 'BL', 'CW', 'FO', 'GL', 'NC', 'PF', 'PM', 'SX', 'WF']
    expect(outside.filter(needsWrittenReason)).toEqual([])
  })
})

describe('sessionAnswer', () => {
  const signedOut = {
    account: null,
    share: null,
    signUp: { firstAccount: true, setUpCodeNeeded: false, open: true },
    publicUrl: 'https://class.example.org',
    courseAdmin: false,
    policy: { expressionAnalysis: false },
  }

  it('says under which address links are handed out', () => {
    expect(sessionAnswer.parse(signedOut)).toEqual(signedOut)
    expect(sessionAnswer.safeParse({ ...signedOut, publicUrl: '/' }).success).toBe(false)
  })
})

describe('routes', () => {
  it('have a path each by method, a body exactly where they change something, and sane errors', () => {
    const seen = Object.values(routes).map(({ method, path }) => `${method} ${path}`)
    expect(new Set(seen).size).toBe(seen.length)
    for (const { method, body } of Object.values(routes))
      expect(body === null).toBe(method === 'GET')
    for (const [code, { status, message }] of Object.entries(errorTable)) {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(message).toMatch(/^[A-Z].*[.]$/)
      expect(isErrorCode(code)).toBe(true)
    }
    expect(isErrorCode('toString')).toBe(false)
  })

  it('escape what stands in a path', () => {
    expect(routePath('/api/a/:id/b', { id: 'x/../y?' })).toBe('/api/a/x%2F..%2Fy%3F/b')
    expect(() => routePath('/api/a/:id', {})).toThrow(TypeError)
  })
})

describe('the client', () => {
  const calling = (transport: typeof fetch) => createWireCall(transport, routes)
  const answering = (status: number, body: string) =>
    calling(() => Promise.resolve(new Response(body, { status })))

  it('parses answers and passes refusals on', async () => {
    expect(await answering(200, '{"status":"ok"}')('health', {}, null)).toEqual({ status: 'ok' })
    const refused = '{"error":{"code":"sign-in-delayed","message":"m","retryAfterSeconds":4}}'
    await expect(answering(429, refused)('health', {}, null)).rejects.toMatchObject({
      code: 'sign-in-delayed',
      status: 429,
      retryAfterSeconds: 4,
    })
  })

  it('names answers that are none, and servers that are away', async () => {
    for (const [status, body] of [
      [200, '{"status":"odd"}'],
      [200, '<html>'],
      [502, 'Bad Gateway'],
      [500, '{}'],
    ] as const) {
      await expect(answering(status, body)('health', {}, null)).rejects.toMatchObject({
        code: 'bad-answer',
        status,
      })
    }
    const away = calling(() => Promise.reject(new TypeError('failed')))
    await expect(away('health', {}, null)).rejects.toMatchObject({ code: 'offline', status: 0 })
  })

  it('lets an abort be an abort', async () => {
    const aborted = calling(() => Promise.reject(new DOMException('x', 'AbortError')))
    await expect(aborted('health', {}, null)).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('takes a time limit, and an answer that is cut off, for a server that is away', async () => {
    const late = new DOMException('x', 'TimeoutError')
    const cut = (error: unknown) =>
      new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{"status":'))
          controller.error(error)
        },
      })
    for (const call of [
      calling(() => Promise.reject(late)),
      calling(() => Promise.resolve(new Response(cut(late)))),
      calling(() => Promise.resolve(new Response(cut(new TypeError('network error'))))),
    ]) {
      await expect(call('health', {}, null)).rejects.toMatchObject({ code: 'offline', status: 0 })
    }
  })
})
