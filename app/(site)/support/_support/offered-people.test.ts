import { expect, test } from 'vitest'
import { supportAnswer, type HelperOffer } from '../../../_wire/support.ts'
import { offeredPeople } from './offered-people.ts'

const PERSON = {
  hedy: '00000000-0000-4000-8000-000000000001',
  grace: '00000000-0000-4000-8000-000000000002',
}
const COURSE = {
  mechanics: '00000000-0000-4000-8000-000000000003',
  optics: '00000000-0000-4000-8000-000000000004',
}
const key = 'A'.repeat(43)

/** Offers as web answers them. */
function offers(
  ...given: [keyof typeof PERSON, HelperOffer['standing'], (keyof typeof COURSE)?][]
): HelperOffer[] {
  const helpers = given.map(([person, standing, course]) => ({
    id: PERSON[person],
    name: person,
    standing,
    course: course === undefined ? null : { id: COURSE[course], name: course },
    publicKeys: { box: key, sign: key },
  }))
  return supportAnswer.parse({ assistant: false, helpers }).helpers
}

test('someone who is several things at school is one person, vouched for by a course', () => {
  const people = offeredPeople(
    offers(
      ['hedy', 'staff'],
      ['grace', 'teacher', 'mechanics'],
      ['hedy', 'teacher', 'mechanics'],
      ['hedy', 'course-admin', 'optics'],
    ),
  )
  expect(people.map(({ name, courseId }) => [name, courseId])).toEqual([
    ['hedy', COURSE.mechanics],
    ['grace', COURSE.mechanics],
  ])
  expect(people[0]?.standings.map(({ standing }) => standing)).toEqual([
    'staff',
    'teacher',
    'course-admin',
  ])
})

test('staff without a course in common is vouched for by none', () => {
  expect(offeredPeople(offers(['hedy', 'staff']))[0]?.courseId).toBeNull()
})
