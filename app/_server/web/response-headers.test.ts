import { describe, expect, it } from 'vitest'
import { kindOfPath, responseHeaders } from './response-headers.ts'

function policy(path: string): string {
  const pair = responseHeaders(path, 'n0nce', false).find(
    ([name]) => name === 'Content-Security-Policy',
  )
  return pair?.[1] ?? ''
}

describe('responseHeaders', () => {
  it('gives a page its nonce and no way to another origin', () => {
    expect(policy('/courses')).toContain("script-src 'nonce-n0nce' 'strict-dynamic';")
    expect(policy('/courses')).toContain("default-src 'none'")
    expect(policy('/courses')).not.toMatch(/https?:|\*|unsafe-eval/)
  })

  it('lets a worker compile wasm and nothing else', () => {
    expect(policy('/_next/static/chunks/a.js')).toBe(
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",
    )
  })

  it('lets an answer of the API load nothing', () => {
    expect(policy('/api/session')).toBe("default-src 'none'; frame-ancestors 'none'")
  })

  it('takes a path that only looks like a script for a page', () => {
    expect(kindOfPath('/courses/a.js')).toBe('page')
    expect(kindOfPath('/models/emotion/model.json')).toBe('other')
  })
})
