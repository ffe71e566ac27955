import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type StampedValue, Stamps } from './stamps.ts'

const value = fc.oneof(fc.string(), fc.integer(), fc.constant(null))
const values = fc.array<StampedValue>(value, { maxLength: 6 })

test('a stamp holds for its own values, purpose and key, and for nothing else', () => {
  const key = randomBytes(32)
  const [stamps, restarted, other] = [new Stamps(key), new Stamps(key), new Stamps(randomBytes(32))]
  fc.assert(
    fc.property(values, values, (one, two) => {
      const stamp = stamps.make('chat', one)
      expect(restarted.check(stamp, 'chat', one)).toBe(true)
      expect(other.check(stamp, 'chat', one)).toBe(false)
      expect(stamps.check(stamp, 'pass', one)).toBe(false)
      const same = JSON.stringify(one) === JSON.stringify(two)
      expect(stamps.check(stamp, 'chat', two)).toBe(same)
    }),
  )
})

test.each(['', 'A', 'A'.repeat(22), 'not base64url!'])('%j is no stamp', (text) => {
  expect(new Stamps(randomBytes(32)).check(text, 'pass', ['x'])).toBe(false)
})
