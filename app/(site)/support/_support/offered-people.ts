/** Who is offered as a helper, one line a person, whatever that person is at school. */
import type { HelperOffer } from '../../../_wire/support.ts'

export interface OfferedPerson {
  readonly id: string
  readonly name: string
  /** What the person is: in each course that both share, and at the school. */
  readonly standings: readonly Pick<HelperOffer, 'standing' | 'course'>[]
  /** The course whose signed roster vouches for the person's key; null where the server's word has to do. */
  readonly courseId: string | null
}

/** Groups offers by person, in the order of their first. */
export function offeredPeople(offers: readonly HelperOffer[]): readonly OfferedPerson[] {
  const people = new Map<string, OfferedPerson>()
  for (const { id, name, standing, course } of offers) {
    const known = people.get(id)
    people.set(id, {
      id,
      name,
      standings: [...(known?.standings ?? []), { standing, course }],
      courseId: known?.courseId ?? course?.id ?? null,
    })
  }
  return [...people.values()]
}
