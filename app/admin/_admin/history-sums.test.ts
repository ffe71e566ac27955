import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StudentReading } from '../../_vault/history/verbs.ts'
import { byStudent, fitting, LOG_COLUMNS, sorted } from './history-sums.ts'

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

  it('sort by every column both ways, and lose nothing', () => {
    const names = new Map([
      ['ada', 'Zoe'],
      ['bob', 'Ada'],
      ['cleo', 'Mia'],
    ])
    fc.assert(
      fc.property(fc.array(reading), fc.constantFrom(...LOG_COLUMNS), (readings, by) => {
        const up = sorted(readings, by, 'asc', names)
        expect(new Set(up)).toEqual(new Set(readings))
        expect(sorted(up, by, 'asc', names)).toEqual(up)
        const shown = up.map(({ accountId }) => names.get(accountId) ?? '')
        if (by === 'student') expect(shown).toEqual(shown.toSorted())
        const known = up.map(({ engagement }) => engagement || 9)
        if (by === 'engagement') expect(known).toEqual(known.toSorted((a, b) => a - b))
        const [first, last] = [up.at(0), sorted(readings, by, 'desc', names).at(-1)]
        if (by === 'when') expect(last?.at).toBe(first?.at)
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
