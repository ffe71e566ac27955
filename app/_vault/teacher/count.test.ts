import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RecordBody } from '../format/record.ts'
import { encodeTotals } from '../format/totals.ts'
import { countInterval, isClear, prefer, strongest } from './count.ts'

const body: fc.Arbitrary<RecordBody> = fc.record({
  kind: fc.constantFrom('none', 'expression', 'check-in'),
  classId: fc.constant('00000000-0000-0000-0000-000000000000'),
  stream: fc.constant(new Uint8Array(16)),
  sequence: fc.nat(),
  interval: fc.constant(3),
  signer: fc.constant(new Uint8Array(8)),
  probabilities: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
    minLength: 8,
    maxLength: 8,
  }),
  engagement: fc.constantFrom(0, 1, 2, 3, 4),
  behaviour: fc.nat({ max: 7 }),
  quality: fc.constantFrom(0, 0, 0, 1, 2, 5, 6),
  confidence: fc.double({ min: 0, max: 1, noNaN: true }),
})
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

describe('countInterval', () => {
  it('sums to M, shows only from the minimum group of clear readings on, and never with fewer than two', () => {
    fc.assert(
      fc.property(
        fc.array(body, { maxLength: 40 }),
        fc.nat({ max: 50 }),
        fc.integer({ min: -1, max: 12 }),
        (readings, present, minimum) => {
          const totals = countInterval(3, 77, readings, present, minimum)
          const clear = readings.filter(isClear)
          expect(totals.total).toBe(Math.max(present, readings.length))
          expect(totals.shown !== null).toBe(clear.length >= Math.max(2, minimum))
          if (totals.shown) {
            const { counts, engagement } = totals.shown
            expect(sum(counts)).toBe(totals.total)
            expect(sum(engagement)).toBe(totals.total)
            expect(counts[8]).toBe(totals.total - clear.length)
          }
          expect(encodeTotals(totals)).toHaveLength(64)
        },
      ),
    )
  })

  it('lets the threshold count clear readings and not those of one slice', () => {
    const [first] = fc.sample(body, { numRuns: 1, seed: 1 })
    if (!first) throw new Error('no sample')
    const reading = (emotion: number): RecordBody => ({
      ...first,
      kind: 'expression',
      quality: 0,
      probabilities: Array.from({ length: 8 }, (_, i) => (i === emotion ? 0.9 : 0.01)),
    })
    const totals = countInterval(0, 0, [reading(1), reading(2), reading(3)], 4, 3)
    expect(totals.shown?.counts).toEqual([0, 1, 1, 1, 0, 0, 0, 0, 1])
  })
})

describe('strongest', () => {
  it('is the greatest, the earlier of two that are equal', () => {
    expect(strongest([0, 0.2, 0.5, 0.5, 0, 0, 0, 0])).toBe(2)
    expect(strongest([0, 0, 0, 0, 0, 0, 0, 0])).toBe(0)
  })
})

describe('prefer', () => {
  it('takes the clear one of two, else the earlier', () => {
    fc.assert(
      fc.property(body, body, (first, second) => {
        const chosen = prefer(first, second)
        expect(isClear(chosen)).toBe(isClear(first) || isClear(second))
        if (isClear(first) === isClear(second)) expect(chosen).toBe(first)
      }),
    )
  })
})
