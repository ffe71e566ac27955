/** What every route does with requests that no page of this server would send. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { routePath } from '../../_wire/route-path.ts'
import { routes, type Route, type RouteName } from '../../_wire/routes.ts'
import { enterFirst, randomB64u, type Person } from '../testing/people.ts'
import { openSchool, type TestSchool } from '../testing/test-school.ts'

const names = Object.keys(routes) as RouteName[]
const table: Readonly<Record<RouteName, Route>> = routes
const writing = names.filter((name) => table[name].body !== null)
const id = '00000000-0000-4000-8000-000000000000'
const parameters = {
  id,
  accountId: id,
  token: randomB64u(16),
  name: 'pins',
  session: randomB64u(32),
}

describe('every route', () => {
  let school: TestSchool
  let admin: Person
  beforeAll(async () => {
    school = await openSchool()
    admin = await enterFirst(school)
  })
  afterAll(() => school.close())

  async function send(name: RouteName, init: RequestInit, browser = admin.browser) {
    const { method, path } = table[name]
    const response = await browser.fetch(routePath(path, parameters), { method, ...init })
    const text = await response.text()
    const json = JSON.parse(text) as { error?: { code: string; at?: string } }
    return { response, text, error: json.error }
  }
  const json = (body: unknown): RequestInit => ({
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

  it.each(writing)('%s refuses another origin, and none', async (name) => {
    for (const origin of ['http://evil.example', 'null', null, 'http://localhost:1']) {
      const browser = school.browser({ origin })
      for (const [cookie, value] of admin.browser.cookies) browser.cookies.set(cookie, value)
      const { error, response } = await send(name, json({}), browser)
      expect([error?.code, response.status]).toEqual(['not-same-origin', 403])
    }
  })

  it.each(writing)('%s refuses what is no JSON, too large, or not of its form', async (name) => {
    const limit = table[name].bodyLimit ?? 64 * 1024
    const plain = { headers: { 'content-type': 'text/plain' }, body: '{}' }
    expect((await send(name, plain)).error?.code).toBe('bad-json')
    expect((await send(name, json('{"a":'))).error?.code).toBe('bad-json')
    expect((await send(name, json(''))).error?.code).toBe('bad-json')
    const large = await send(name, json(`{"a":"${'x'.repeat(limit)}"}`))
    expect([large.error?.code, large.response.status]).toEqual(['body-too-large', 413])
    for (const body of ['null', '[]', '1', '"x"', '{"__proto__":{"admin":true}}', '{"x":1}']) {
      expect((await send(name, json(body))).error?.code).toBe('bad-request')
    }
  })

  it.each(names)('%s answers without letting anything keep or guess it', async (name) => {
    const body = table[name].body === null ? {} : json({ unknown: 1 })
    const { response } = await send(name, body)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('content-type')).toBe('application/json')
  })

  it('takes a malformed id for nothing at all', async () => {
    for (const path of [
      '/api/courses/x',
      '/api/classes/..%2f',
      '/api/account/boxes/A%00',
      '/api/courses/%E0%A4%A',
    ]) {
      const response = await admin.browser.fetch(path)
      expect(response.status).toBe(404)
    }
  })

  it('names the field that was not understood, and never its value', async () => {
    const secret = 'a-secret-that-was-typed-into-the-wrong-field'
    const { error, text } = await send('signIn', json({ email: secret, kind: 'password', secret }))
    expect(error).toMatchObject({ code: 'bad-request', at: 'email' })
    expect(text).not.toContain(secret)
  })

  it('answers a failure within by a code, and logs no value of the request', async () => {
    const { context } = school
    const box = randomB64u(40)
    await context.db.$executeRaw`ALTER TABLE "AccountBox" RENAME TO "Elsewhere"`
    const { error, text } = await send('writeBox', json({ replaces: 0, box }))
    await context.db.$executeRaw`ALTER TABLE "Elsewhere" RENAME TO "AccountBox"`
    expect(error?.code).toBe('server-error')
    expect(text).not.toMatch(/AccountBox|prisma/i)
    expect(school.log.at(-1)?.event).toBe('route writeBox failed')
  })

  it('says that it is busy when no connection comes free in time', async () => {
    const { context } = school
    const late = Object.assign(new Error('no connection'), { code: 'P2028' })
    const transaction = vi.spyOn(context.db, '$transaction').mockRejectedValueOnce(late)
    const { error, response } = await send('writeBox', json({ replaces: 0, box: randomB64u(40) }))
    transaction.mockRestore()
    expect(error?.code).toBe('server-busy')
    expect(response.headers.get('retry-after')).toBe('5')
    expect(school.log.at(-1)?.event).toBe('route writeBox failed')
  })

  it('limits one address generously, and only that one', async () => {
    const key = { email: 'a@school.example', kind: 'password' }
    const crowd = school.browser({ address: '203.0.113.9' })
    const codes = new Set<string | undefined>()
    await school.context.db.attempts.deleteMany()
    for (let round = 0; round < 12; round++) {
      const answers = await Promise.all(
        Array.from({ length: 100 }, () => send('signInSalt', json(key), crowd)),
      )
      for (const { error } of answers) codes.add(error?.code)
    }
    expect(codes).toEqual(new Set([undefined]))
    const over = await send('signInSalt', json(key), crowd)
    expect(over.error?.code).toBe('too-many-requests')
    expect(Number(over.response.headers.get('retry-after'))).toBeGreaterThan(0)
    const elsewhere = school.browser({ address: '203.0.113.10' })
    expect((await send('signInSalt', json(key), elsewhere)).error).toBeUndefined()
    school.clock.advance(10 * 60_000)
    expect((await send('signInSalt', json(key), crowd)).error).toBeUndefined()
  })

  it('names the failing part of the service', async () => {
    const well = await send('health', {})
    expect(well.response.status).toBe(200)
    expect(JSON.parse(well.text)).toEqual({ status: 'ok' })
    school.sfu.alive = false
    const { response, text } = await send('health', {})
    school.sfu.alive = true
    expect(response.status).toBe(503)
    expect(JSON.parse(text)).toEqual({ status: 'failing', failing: ['sfu'] })
  })
})
