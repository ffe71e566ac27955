import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountId, courseId } from '../../_wire/primitives.ts'
import { CASE_STATES } from '../../_wire/support.ts'
import { CASE_SORTS, sortCases } from './case-sort.ts'

const person = (name: string) => ({
  id: accountId.parse('00000000-0000-4000-8000-000000000001'),
  name,
})
const course = (name: string) => ({
  id: courseId.parse('00000000-0000-4000-8000-000000000002'),
  name,
})
const one = fc.record({
  student: fc.constantFrom('Zoe', 'ada', 'Bea').map(person),
  course: fc.constantFrom(null, course('Physics'), course('Art')),
  state: fc.constantFrom(...CASE_STATES),
  changedAt: fc.integer({ min: 0, max: 5 }),
})

describe('sortCases', () => {
  it('loses nothing, and is sorted by its column', () => {
    fc.assert(
      fc.property(fc.array(one), fc.constantFrom(...CASE_SORTS), (cases, by) => {
        const up = sortCases(cases, by, 'asc')
        expect(new Set(up)).toEqual(new Set(cases))
        const down = sortCases(cases, by, 'desc')
        const shown = ({ student, course, state, changedAt }: (typeof cases)[number]): string =>
          String({ student: student.name, course: course?.name, state, changed: changedAt }[by])
        expect(down.map(shown)).toEqual(up.map(shown).reverse())
        if (by !== 'course') return
        const last = up.findIndex((each) => each.course === null)
        if (last >= 0) expect(up.slice(last).every((each) => each.course === null)).toBe(true)
      }),
    )
  })
})
