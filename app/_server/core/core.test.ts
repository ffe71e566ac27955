import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromB64u, keyedHash, sameText, toB64u } from './bytes.ts'
import { isConflict } from './database.ts'
import { delaySeconds, FREE_FAILURES } from './limits.ts'
import { describe as describeError } from './log.ts'
import { readBody, readCookies } from './request.ts'
import { cookie, sessionCookieName } from './sessions.ts'

describe('bytes', () => {
  it('come back from base64url as they were', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(fromB64u(toB64u(bytes))).toEqual(new Uint8Array(bytes))
      }),
    )
  })

  it('are hashed apart by purpose and by where a part ends', () => {
    const key = new Uint8Array(32)
    const hashes = [
      keyedHash(key, 'a', 'bc', 'd'),
      keyedHash(key, 'a', 'b', 'cd'),
      keyedHash(key, 'a', 'bcd'),
      keyedHash(key, 'x', 'bc', 'd'),
    ].map(toB64u)
    expect(new Set(hashes).size).toBe(hashes.length)
  })

  it('compare as texts do', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(sameText(a, b)).toBe(Buffer.from(a).equals(Buffer.from(b)))
      }),
    )
  })
})

describe('delaySeconds', () => {
  it('leaves ten failures free, then doubles up to a quarter of an hour', () => {
    expect([0, 9, 10, 11, 12, 19, 20, 1000].map(delaySeconds)).toEqual([
      0, 0, 1, 2, 4, 512, 900, 900,
    ])
    expect(FREE_FAILURES).toBe(10)
  })
})

describe('readCookies', () => {
  it('takes the first of two with one name, and no nameless ones', () => {
    const headers = { cookie: ' a=1; b = 2 ;=x; broken; a=3; c=x=y' }
    const cookies = readCookies(new Request('http://localhost/', { headers }))
    expect(Object.fromEntries(cookies)).toEqual({ a: '1', b: '2', c: 'x=y' })
  })
})

describe('readBody', () => {
  const post = (body: BodyInit, type = 'application/json; charset=utf-8') =>
    new Request('http://localhost/', {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    })

  it('counts what arrives, whatever was announced', async () => {
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new Uint8Array(1000).fill(32))
      },
    })
    // A stream as a body wants `duplex`, which the DOM's types do not know.
    const init = {
      method: 'POST',
      body: stream,
      duplex: 'half',
      headers: { 'content-type': 'application/json' },
    }
    const request = new Request('http://localhost/', init)
    await expect(readBody(request, 5000)).rejects.toMatchObject({ code: 'body-too-large' })
  })

  it('takes JSON in UTF-8 alone', async () => {
    expect(await readBody(post('{"a":"ä"}'), 100)).toEqual({ a: 'ä' })
    const latin = new Uint8Array([0x22, 0xe4, 0x22])
    await expect(readBody(post(latin), 100)).rejects.toMatchObject({ code: 'bad-json' })
    await expect(readBody(post('{}', 'application/jsonp'), 100)).rejects.toMatchObject({
      code: 'bad-json',
    })
  })
})

describe('cookies', () => {
  it('are bound to the host and to HTTPS where there is HTTPS', () => {
    const name = sessionCookieName('https://school.example')
    expect(name).toBe('__Host-attune_session')
    const text = cookie('https://school.example', name, 'v', 5)
    expect(text).toBe('__Host-attune_session=v; Path=/; HttpOnly; SameSite=Lax; Max-Age=5; Secure')
    expect(cookie('http://localhost:3000', 'a', 'v', 5)).not.toContain('Secure')
  })
})

describe('isConflict', () => {
  it('sees a lost transaction through its wrappings, and nothing else', () => {
    const lost = Object.assign(new Error('x'), { code: '40001' })
    expect(isConflict(lost)).toBe(true)
    expect(isConflict(new Error('y', { cause: lost }))).toBe(true)
    expect(isConflict(Object.assign(new Error('x'), { code: 'P2002' }))).toBe(false)
    expect(isConflict('40001')).toBe(false)
  })
})

describe('a logged error', () => {
  it('says where, not what', () => {
    const error = Object.assign(new Error('Key (email)=(ada@school.example)'), { code: 'P2002' })
    const logged = JSON.stringify(describeError(error))
    expect(logged).toContain('P2002')
    expect(logged).not.toContain('ada')
  })
})
