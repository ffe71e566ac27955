import { describe, expect, it } from 'vitest'
import { CASE_STATES, caseHead, type CaseHead, type CaseState } from '../../../_wire/support.ts'
import { filterCases } from './case-filter.ts'

const id = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`
const head = (n: number, name: string, state: CaseState, course: string | null): CaseHead =>
  caseHead.parse({
    id: id(n),
    role: 'helper',
    student: { id: id(n), name },
    helpers: [{ id: id(9), name: 'Grace' }],
    course: course === null ? null : { id: id(8), name: course },
    suggested: null,
    state,
    messages: 1,
    createdAt: 1,
    changedAt: 1,
  })
const cases = [
  head(1, 'Ada Lovelace', 'new', 'Mechanics'),
  head(2, 'Bob', 'closed', null),
  head(3, 'Cleo', 'withdrawn', 'Music'),
  head(4, 'Dora', 'in-contact', 'Music'),
]
const found = (search: string, state: Parameters<typeof filterCases>[1]['state'], words?: string) =>
  filterCases(cases, { search, state }, (one) => (one === id(2) ? (words ?? '') : '')).map(
    ({ student }) => student.name,
  )

describe('a search in cases', () => {
  it('leaves all where nothing is asked', () => {
    expect(found('', 'any')).toHaveLength(4)
  })

  it('looks at names, courses and opened words, every word somewhere', () => {
    expect(found('love mech', 'any')).toEqual(['Ada Lovelace'])
    expect(found('music', 'any')).toEqual(['Cleo', 'Dora'])
    expect(found('sleep', 'any')).toEqual([])
    expect(found('sleep', 'any', 'I cannot Sleep')).toEqual(['Bob'])
  })

  it('knows each state, and those that need somebody', () => {
    expect(found('', 'open')).toEqual(['Ada Lovelace', 'Dora'])
    for (const state of CASE_STATES) {
      expect(found('', state)).toEqual(
        cases.filter((one) => one.state === state).map(({ student }) => student.name),
      )
    }
  })
})
