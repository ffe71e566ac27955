import { describe, expect, it } from 'vitest'
import { isOwnSite } from './own-site.ts'

const SCHOOL = 'https://class.example'

describe('isOwnSite', () => {
  it.each([
    ['PUBLIC_URL, whatever host a proxy asks for', SCHOOL, 'web:3000', SCHOOL],
    ['the machine by its address', 'http://10.0.0.5:3000', '10.0.0.5:3000', SCHOOL],
    [
      'the machine by its address',
      'http://10.0.0.5:3000',
      '10.0.0.5:3000',
      'http://localhost:3000',
    ],
    [
      'its name over HTTPS though PUBLIC_URL says HTTP',
      SCHOOL,
      'class.example',
      'http://class.example',
    ],
  ])('takes %s', (_, origin, host, publicUrl) => {
    expect(isOwnSite(origin, host, publicUrl)).toBe(true)
  })

  it.each([
    ['no origin', null, 'class.example'],
    ['an opaque one', 'null', 'class.example'],
    ['another site', 'https://evil.example', 'class.example'],
    ['another port', 'https://class.example:8443', 'class.example'],
    ['the same name without HTTPS', 'http://class.example', 'class.example'],
    ['no host', 'http://10.0.0.5', undefined],
  ])('refuses %s', (_, origin, host) => {
    expect(isOwnSite(origin, host, SCHOOL)).toBe(false)
  })
})
