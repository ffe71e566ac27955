import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mirrored, softmax } from './classifier.ts'

const logits = fc.array(fc.double({ min: -500, max: 500, noNaN: true }), {
  minLength: 8,
  maxLength: 8,
})

describe('softmax', () => {
  it('sums to one, keeps the order and stays finite, however large the logits', () => {
    fc.assert(
      fc.property(logits, fc.double({ min: 0.2, max: 5, noNaN: true }), (values, temperature) => {
        const probabilities = softmax(values, temperature)
        expect(probabilities.reduce((total, value) => total + value, 0)).toBeCloseTo(1)
        expect(probabilities[values.indexOf(Math.max(...values))]).toBe(Math.max(...probabilities))
      }),
    )
  })

  it('is less sure at a higher temperature', () => {
    expect(Math.max(...softmax([3, 1, 0], 2))).toBeLessThan(Math.max(...softmax([3, 1, 0], 1)))
  })
})

describe('mirrored', () => {
  it('swaps columns, not channels or rows, and undoes itself', () => {
    const input = Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    expect([...mirrored(input, 2)]).toEqual([4, 5, 6, 1, 2, 3, 10, 11, 12, 7, 8, 9])
    expect(mirrored(mirrored(input, 2), 2)).toEqual(input)
  })
})
