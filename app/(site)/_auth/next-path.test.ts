import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOME_PATH, inviteTokenOf, safeNext } from './next-path.ts'

describe('safeNext', () => {
  it.each(['/courses/1', '/invite/abc#root', '/class/1?x=2'])('keeps %s', (path) => {
    expect(safeNext(path)).toBe(path)
  })

  it.each([
    null,
    undefined,
    '',
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
    '//',
    '/\t/evil.example',
  ])('turns %j into the home path', (value) => {
    expect(safeNext(value)).toBe(HOME_PATH)
  })

  it('never leads off the origin', () => {
    const here = 'https://school.example'
    fc.assert(
      fc.property(fc.string(), (tail) => {
        expect(new URL(safeNext(`/${tail}`), here).origin).toBe(here)
      }),
    )
  })
})

describe('inviteTokenOf', () => {
  it('finds the token of an invitation and nothing elsewhere', () => {
    expect(inviteTokenOf('/invite/t0ken#print')).toBe('t0ken')
    expect(inviteTokenOf('/courses/invite/t0ken')).toBeUndefined()
  })
})
