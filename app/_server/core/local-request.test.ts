import { describe, expect, it } from 'vitest'
import { isLocalRequest } from './local-request.ts'

const HERE = 'http://localhost:3000'

function ask(changes: Readonly<Record<string, string>>, publicUrl = HERE): boolean {
  const headers = { 'x-attune-local': '1', host: 'localhost:3000', ...changes }
  return isLocalRequest(new Headers(headers), publicUrl)
}

describe('isLocalRequest', () => {
  it.each([
    ['localhost:3000', HERE],
    ['127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['[::1]:3000', 'http://[::1]:3000'],
    ['localhost', 'https://localhost'],
  ])('knows a browser on this machine at %s', (host, origin) => {
    expect([ask({ host }, origin), ask({ host, origin }, origin)]).toEqual([true, true])
  })

  it('takes no other machine for it, and no other name of this one', () => {
    expect(ask({ 'x-attune-local': '0' })).toBe(false)
    expect(ask({ host: 'class.example.org' })).toBe(false)
    expect(ask({ host: 'localhost.example.org' })).toBe(false)
  })

  it('takes no page of another site for it', () => {
    for (const origin of ['https://class.example.org', 'http://localhost.example.org', 'null']) {
      expect(ask({ origin })).toBe(false)
    }
  })

  it('takes nobody for it behind a proxy that tells nothing, whatever they say', () => {
    const host = '127.0.0.1:3000'
    const known = 'https://class.example.org'
    expect(ask({ host }, known)).toBe(false)
    expect(ask({ host, origin: known }, known)).toBe(false)
    expect(ask({ host, origin: `http://${host}` }, known)).toBe(false)
  })
})
