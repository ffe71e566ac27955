/** Which cases a search and a state leave: pure. Words are looked for in names, courses and what was opened already. */
import type { CaseHead, CaseState } from '../../../_wire/support.ts'

export type StateFilter = 'any' | 'open' | CaseState

type Outside = Omit<CaseHead, 'role'>

export function filterCases<Head extends Outside>(
  cases: readonly Head[],
  filter: { readonly search: string; readonly state: StateFilter },
  openedWords: (id: string) => string = () => '',
): Head[] {
  const wanted = words(filter.search)
  return cases.filter((one) => {
    if (filter.state === 'open') {
      if (one.state === 'closed' || one.state === 'withdrawn') return false
    } else if (filter.state !== 'any' && one.state !== filter.state) return false
    const people = [one.student, ...one.helpers].map(({ name }) => name)
    const text = [...people, one.course?.name ?? '', openedWords(one.id)].join(' ').toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}

function words(search: string): string[] {
  return search.toLowerCase().split(/\s+/).filter(Boolean)
}
