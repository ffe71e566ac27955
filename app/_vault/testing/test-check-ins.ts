/** A course with check-ins, two teachers and three students, and one class after another in it: for integration tests. */
import { expect } from 'vitest'
import type { PresentMember } from '../verbs.ts'
import { TestPeople, answer, seat, type Meeting, type Person } from './test-people.ts'

export interface CheckInCourse {
  readonly people: TestPeople
  readonly teacher: Person
  readonly second: Person
  readonly students: readonly [Person, Person, Person]
  readonly courseId: string
}

/** A class in which everybody but the second teacher sits; the third student has declined. */
export interface CheckInClass {
  meeting: Meeting
  readonly teaching: PresentMember
  readonly seats: readonly [PresentMember, PresentMember, PresentMember]
}

export async function openCheckIns(): Promise<CheckInCourse> {
  const people = await TestPeople.open()
  const teacher = await people.signUp('Grace', true)
  const second = await people.signUp('Hedy')
  const students = [
    await people.signUp('Ada'),
    await people.signUp('Bob'),
    await people.signUp('Cleo'),
  ] as const
  const courseId = await people.openCourse(teacher)
  for (const person of [...students, second]) await people.enrol(teacher, person, courseId)
  const accountId = second.account.accountId
  await teacher.tab.call('setRole', { courseId, accountId, role: 'teacher', confirmedName: 'Hedy' })
  return { people, teacher, second, students, courseId }
}

export async function meet(course: CheckInCourse): Promise<CheckInClass> {
  const { people, teacher, students, courseId } = course
  for (const tab of people.tabs) tab.events.length = 0
  const meeting = await people.startClass(teacher, courseId)
  const teaching = seat(teacher, 'teacher')
  const [ada, bob, cleo] = students
  const seats = [seat(ada, 'student'), seat(bob, 'student'), seat(cleo, 'student')] as const
  await meeting.hub.enter(teacher.tab, teaching, meeting.now())
  for (const [i, { tab }] of students.entries()) {
    await meeting.hub.enter(tab, seats[i] ?? seats[0], meeting.now())
  }
  await answer(ada, meeting.classId, true)
  await answer(bob, meeting.classId, true)
  await answer(cleo, meeting.classId, false)
  return { meeting, teaching, seats }
}

/** Everybody leaves, and the class ends; nothing may have failed on the way. */
export async function part(course: CheckInCourse, { meeting }: CheckInClass): Promise<void> {
  const { people, students, teacher, second } = course
  const { classId, hub } = meeting
  for (const { memberId } of hub.present()) await hub.drop(memberId)
  for (const { tab } of [...students, teacher, second]) {
    await tab.call('leaveClass', { classId, ended: true })
  }
  await people.quiet()
  await teacher.browser.call('endClass', { id: classId }, {})
  expect(hub.failures).toEqual([])
}

/** How many records each student's device keeps without a receipt. */
export async function outboxesOf(course: CheckInCourse, classId: string): Promise<number[]> {
  return Promise.all(
    course.students.map(async ({ tab, account }) => {
      return (await tab.store.outbox(account.accountId, classId)).length
    }),
  )
}
