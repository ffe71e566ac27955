import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  INTERVAL_MS,
  TestPeople,
  answer,
  codeOf,
  seat,
  tap,
  type Person,
} from '../testing/test-people.ts'

let people: TestPeople
let teacher: Person
let admin: Person
let students: [Person, Person]
let courseId: string

/** A class of two intervals in which both students tap, the second one once. */
async function holdClass(consentText: string): Promise<string> {
  const { classId, hub, now } = await people.startClass(teacher, courseId)
  await hub.enter(teacher.tab, seat(teacher, 'teacher'), now())
  for (const student of students) {
    await hub.enter(student.tab, seat(student, 'student'), now())
    await answer(student, classId, true, consentText)
  }
  await tap(students[0], classId, 'happy')
  await tap(students[1], classId, 'sad')
  await people.pass(INTERVAL_MS)
  await tap(students[0], classId, 'anger')
  await people.pass(INTERVAL_MS)
  for (const { tab } of [...students, teacher]) {
    await tab.call('leaveClass', { classId, ended: true })
  }
  await people.quiet()
  await teacher.browser.call('endClass', { id: classId }, {})
  return classId
}

const promise = async (historyPolicy: 'totals' | 'full-history'): Promise<void> => {
  const { settings } = await teacher.browser.call('course', { id: courseId }, null)
  await teacher.tab.call('saveSettings', { courseId, settings: { ...settings, historyPolicy } })
}
const open = (person: Person) => person.tab.call('courseReadings', { courseId })
const openings = async (person: Person) => {
  const { events } = await person.browser.call('ownAudit', {}, null)
  return events.filter(({ kind }) => kind === 'history-opened')
}

beforeAll(async () => {
  people = await TestPeople.open()
  teacher = await people.signUp('Grace', true)
  admin = await people.signUp('Hedy')
  students = [await people.signUp('Ada'), await people.signUp('Bob')]
  courseId = await people.openCourse(teacher)
  for (const person of [...students, admin]) await people.enrol(teacher, person, courseId)
  const { accountId } = admin.account
  const role = { role: 'course-admin', confirmedName: 'Hedy' } as const
  await teacher.tab.call('setRole', { courseId, accountId, ...role })
  await holdClass('check-ins/1')
})
afterAll(() => people.close())

describe('readings by student', () => {
  it('are for nobody while the course promises totals', async () => {
    for (const person of [teacher, admin, students[0]]) {
      expect(await codeOf(open(person))).toBe('not-allowed')
    }
    expect(await openings(students[0])).toEqual([])
  })

  it('are opened by a course admin under the promise alone, and each student sees it', async () => {
    await promise('full-history')
    const classId = await holdClass('check-ins-full-history/1')
    for (const person of [teacher, students[0]]) {
      expect(await codeOf(open(person))).toBe('not-allowed')
    }
    const { readings, students: named, classes } = await open(admin)
    // The class from before the promise stays closed.
    expect(classes.map((opened) => [opened.classId, opened.problems])).toEqual([[classId, []]])
    expect(named.map(({ name }) => name).sort()).toEqual(['Ada', 'Bob'])
    const of = (person: Person) =>
      readings
        .filter(({ accountId }) => accountId === person.account.accountId)
        .map(({ kind, emotion }) => [kind, emotion])
    expect(of(students[0])).toEqual([
      ['check-in', 'happy'],
      ['check-in', 'anger'],
    ])
    expect(of(students[1])).toEqual([
      ['check-in', 'sad'],
      ['none', null],
    ])
    for (const student of students) {
      expect(await openings(student)).toMatchObject([{ actor: { name: 'Hedy' } }])
    }
  })

  it('are closed again when the course goes back to totals', async () => {
    await promise('totals')
    expect(await codeOf(open(admin))).toBe('not-allowed')
  })
})
