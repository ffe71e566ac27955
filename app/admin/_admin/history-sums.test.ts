import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StudentReading } from '../../_vault/history/verbs.ts'
import { byStudent, fitting } from './history-sums.ts'

const reading = fc.record({
  accountId: fc.constantFrom('ada', 'bob', 'cleo'),
  classId: fc.constant('class'),
  at: fc.integer({ min: 0, max: 100 }),
  kind: fc.constant('check-in' as const),
  emotion: fc.constant(null),
  engagement: fc.constantFrom(0, 1, 2, 3, 4),
  confidence: fc.constant(1),
}) satisfies fc.Arbitrary<StudentReading>
const all = { student: '', engagement: '', from: null, to: null }

describe('the history’s sums', () => {
  it('count every reading once', () => {
    fc.assert(
      fc.property(fc.array(reading), (readings) => {
        const sums = byStudent(readings)
        expect(sums.reduce((sum, { total }) => sum + total, 0)).toBe(readings.length)
        for (const { accountId, counts } of sums) {
          const own = fitting(readings, { ...all, student: accountId })
          for (const [engagement, count] of counts.entries()) {
            const some = fitting(own, { ...all, engagement: String(engagement) })
            expect(some).toHaveLength(count)
          }
        }
      }),
    )
  })

  it('divide a period without losing or doubling any, newest first', () => {
    fc.assert(
      fc.property(fc.array(reading), fc.integer({ min: 0, max: 101 }), (readings, middle) => {
        const earlier = fitting(readings, { ...all, to: middle })
        const later = fitting(readings, { ...all, from: middle })
        const whole = fitting(readings, all)
        expect([...later, ...earlier].map(({ at }) => at)).toEqual(whole.map(({ at }) => at))
        expect(whole.map(({ at }) => at)).toEqual(
          readings.map(({ at }) => at).sort((a, b) => b - a),
        )
      }),
    )
  })
})
