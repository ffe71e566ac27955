/** The assistant against a small server that speaks the same protocol: what is asked of it, what comes back, what never leaves. */
import type { ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { chatPiece, type ChatPiece } from '../../_wire/support.ts'
import { dumpOf } from '../../_vault/testing/dump.ts'
import { ChatEndpoint, end, say } from '../testing/chat-endpoint.ts'
import { enter, enterFirst, type Person } from '../testing/people.ts'
import { openSchool, type TestSchool } from '../testing/test-school.ts'

const KEY = 'key-of-this-test'
let school: TestSchool
let ada: Person
let admin: Person
const endpoint = new ChatEndpoint()

beforeAll(async () => {
  school = await openSchool()
  admin = await enterFirst(school)
  ada = await enter(school)
  await endpoint.open()
})
afterAll(async () => {
  endpoint.close()
  await school.close()
})
beforeEach(() => {
  vi.stubEnv('SUPPORT_CHAT_URL', endpoint.url)
  vi.stubEnv('SUPPORT_CHAT_KEY', KEY)
  vi.stubEnv('SUPPORT_CHAT_MODEL', 'listener-1')
  endpoint.asked.length = 0
  school.clock.advance(3_600_000)
})
afterEach(() => {
  vi.unstubAllEnvs()
})

function post(messages: readonly { role: string; text: string }[], signal?: AbortSignal) {
  return ada.browser.fetch('/api/support/chat', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ messages, language: 'en' }),
    ...(signal ? { signal } : {}),
  })
}

async function pieces(response: Response): Promise<ChatPiece[]> {
  const text = await response.text()
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => chatPiece.parse(JSON.parse(line)))
}
const person = (text: string) => [{ role: 'person', text }]

describe('the assistant', () => {
  it('passes the conversation on with the key, and the answer back in pieces', async () => {
    const response = await post([
      { role: 'person', text: 'Hi' },
      { role: 'assistant', text: 'Hello.' },
      { role: 'person', text: 'I am nervous about tomorrow' },
    ])
    expect(response.headers.get('cache-control')).toContain('no-store')
    expect(await pieces(response)).toEqual([
      { kind: 'text', text: 'Hello ' },
      { kind: 'text', text: 'there.' },
      { kind: 'end' },
    ])
    const [asked] = endpoint.asked
    expect(asked).toMatchObject({ path: '/v1/chat/completions', authorization: `Bearer ${KEY}` })
    expect(asked?.body).toMatchObject({ model: 'listener-1', stream: true })
    expect(asked?.body.messages.map(({ role }) => role)).toEqual([
      'system',
      'user',
      'assistant',
      'user',
    ])
    expect(asked?.body.messages[0]?.content).toContain('You are a machine')
    // Who asks is nobody else's business.
    expect(JSON.stringify(asked)).not.toContain(ada.id)
    expect(JSON.stringify(asked)).not.toContain(ada.body.email)
  })

  it('keeps nothing: not in the database, not in the log', async () => {
    await pieces(await post(person('A sentence that is nowhere later')))
    expect(await dumpOf(school)).not.toContain('nowhere later')
    expect(JSON.stringify(school.log)).not.toContain('nowhere later')
    expect(await dumpOf(school)).not.toContain(KEY)
  })

  it('answers words of a crisis with help lines, own language first, and asks no model', async () => {
    const line = (name: string, languages: string[]) => ({
      name,
      kind: 'help-line' as const,
      country: '',
      languages,
      topics: [],
      phone: '000',
      email: '',
      website: '',
      hours: '',
      about: '',
    })
    const therapist = { ...line('Somebody', ['en']), kind: 'therapist' as const }
    const entries = [line('Una', ['es']), therapist, line('One', ['en-gb'])]
    await admin.browser.call('saveDirectory', {}, { replaces: 0, entries })
    for (const text of [
      'I want to die',
      'Ich will nicht mehr leben',
      'je veux mourir',
      'quiero morirme',
    ]) {
      const [first, last] = await pieces(await post(person(text)))
      expect(first?.kind === 'help-lines' && first.entries.map(({ name }) => name)).toEqual([
        'One',
        'Una',
      ])
      expect(last).toEqual({ kind: 'end' })
    }
    expect(endpoint.asked).toEqual([])
    expect(await dumpOf(school)).not.toContain('want to die')
  })

  it('says when the endpoint fails: refused, broken, silent or empty', async () => {
    const failures: ((response: ServerResponse) => void)[] = [
      (response) => response.writeHead(500).end('{"error":{"message":"secret inside"}}'),
      (response) => response.writeHead(401).end('{}'),
      (response) =>
        response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: not json\n\n'),
      (response) => {
        say(response, [])
        end(response)
      },
      (response) => {
        response.destroy()
      },
    ]
    for (const answer of failures) {
      endpoint.answer = answer
      const got = await pieces(await post(person('Hello')))
      expect(got.at(-1)).toEqual({ kind: 'failed' })
    }
    expect(JSON.stringify(school.log)).not.toContain('secret inside')
    vi.stubEnv('SUPPORT_CHAT_URL', 'http://127.0.0.1:9/v1')
    expect(await pieces(await post(person('Hello')))).toEqual([{ kind: 'failed' }])
  })

  it('stops at the endpoint when the person stops', async () => {
    endpoint.answer = (response) => {
      say(response, ['It goes on '])
    }
    const before = endpoint.closed
    const response = await post(person('Tell me a long story'))
    const reader = response.body?.getReader()
    const { value } = (await reader?.read()) ?? {}
    expect(new TextDecoder().decode(value)).toContain('It goes on')
    await reader?.cancel()
    await vi.waitFor(() => {
      expect(endpoint.closed).toBe(before + 1)
    })
  })

  it('is limited for each person, and absent without an endpoint', async () => {
    endpoint.answer = (response) => {
      say(response, ['x'])
      end(response)
    }
    const statuses: number[] = []
    for (let at = 0; at < 41; at++) {
      const response = await post(person('Hello'))
      statuses.push(response.status)
      await response.text()
    }
    expect(statuses.slice(0, 40).every((status) => status === 200)).toBe(true)
    expect(statuses.at(-1)).toBe(429)
    expect((await admin.browser.call('support', {}, null)).assistant).toBe(true)
    vi.stubEnv('SUPPORT_CHAT_URL', '')
    expect((await admin.browser.call('support', {}, null)).assistant).toBe(false)
    school.clock.advance(3_600_000)
    const refused = await post(person('Hello'))
    expect([
      refused.status,
      ((await refused.json()) as { error: { code: string } }).error.code,
    ]).toEqual([409, 'assistant-absent'])
  })
})
