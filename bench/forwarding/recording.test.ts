import fc from 'fast-check'
import { expect, test } from 'vitest'
import { vp8Payloads } from './recording.ts'

test('a picture cut into payloads is whole, marked at its start alone, and fits a packet', () => {
  const pictures = fc.uint8Array({ minLength: 1, maxLength: 9_000 })
  fc.assert(
    fc.property(pictures, fc.integer({ min: 0, max: 2 }), fc.boolean(), (picture, layer, sync) => {
      const payloads = vp8Payloads(picture, layer, sync)
      expect(payloads.every(({ length }) => length <= 1_200 && length >= 38)).toBe(true)
      expect(payloads.map(([first = 0]) => first & 0x10)).toEqual(
        payloads.map((_, n) => (n === 0 ? 0x10 : 0)),
      )
      expect(payloads.every((payload) => (payload[5] ?? 0) >> 6 === layer)).toBe(true)
      const joined = Buffer.concat(payloads.map((payload) => payload.subarray(6)))
      expect(joined.subarray(0, picture.length).equals(Buffer.from(picture))).toBe(true)
    }),
  )
})
