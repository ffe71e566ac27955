import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isNoisy, median, quantile, ratioOfTurns, ratioText, summarize } from './statistics.ts'

test('quantiles lie between their neighbours in proportion', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 2, 3])).toBe(2.5)
  expect(quantile([10, 20, 30, 40, 50], 0.95)).toBeCloseTo(48)
  expect(median([])).toBeNaN()
})

test('a quantile is never outside its values and grows with its share', () => {
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 })
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
      const value = quantile(list, share)
      expect(value).toBeGreaterThanOrEqual(Math.min(...list) - 1e-6)
      expect(value).toBeLessThanOrEqual(Math.max(...list) + 1e-6)
      expect(quantile(list, Math.min(1, share + 0.1))).toBeGreaterThanOrEqual(value - 1e-6)
    }),
  )
})

test('repeats that do not agree, or are too few, are too noisy', () => {
  expect(isNoisy(summarize([1, 1.02, 0.98, 1.01]))).toBe(false)
  expect(isNoisy(summarize([1, 2, 3, 4]))).toBe(true)
  expect(isNoisy(summarize([1, 1]))).toBe(true)
  expect(isNoisy(summarize([0, 0, 0]))).toBe(true)
})

test('a machine that slows down for a while does not change a ratio of turns', () => {
  const ratio = ratioOfTurns([5, 50, 5.1], [10, 100, 10])
  expect(ratio.median).toBeCloseTo(0.5)
  expect(ratioText(ratio)).toBe('0.50 ±0.00')
  expect(ratioText(ratioOfTurns([1, 5, 9], [1, 1, 1]))).toContain('too noisy to tell')
})
