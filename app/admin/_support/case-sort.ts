/** The order of the table of cases: pure, by one column, ties as they came. */
import { CASE_STATES, type CaseHead } from '../../_wire/support.ts'

export const CASE_SORTS = ['student', 'course', 'state', 'changed'] as const
export type CaseSort = (typeof CASE_SORTS)[number]

type Shown = Pick<CaseHead, 'student' | 'course' | 'state' | 'changedAt'>

/** States stand in the order in which a case goes through them. */
export function sortCases<One extends Shown>(
  cases: readonly One[],
  by: CaseSort,
  order: 'asc' | 'desc',
): One[] {
  const value = ({ student, course, state, changedAt }: Shown): string | number =>
    ({
      student: student.name,
      course: course?.name ?? '\uffff',
      state: CASE_STATES.indexOf(state),
      changed: changedAt,
    })[by]
  const compare = (a: string | number, b: string | number): number =>
    typeof a === 'string' || typeof b === 'string' ? String(a).localeCompare(String(b)) : a - b
  const way = order === 'asc' ? 1 : -1
  return cases.toSorted((a, b) => way * compare(value(a), value(b)))
}
