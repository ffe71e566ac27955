import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hueOf, initialsOf } from './avatar.tsx'

describe('initialsOf', () => {
  it.each([
    ['Ada Lovelace', 'AL'],
    ['  grace   brewster murray hopper ', 'GH'],
    ['Plato', 'P'],
    ['李 小龙', '李小'],
    ['😀 Smile', '😀S'],
    ['', ''],
  ])('of %j are %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials)
  })
})

describe('hueOf', () => {
  it('is a hue for any name, and the same one each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const hue = hueOf(name)
        expect(hue).toBeGreaterThanOrEqual(0)
        expect(hue).toBeLessThan(360)
        expect(hueOf(name)).toBe(hue)
      }),
    )
  })
})
