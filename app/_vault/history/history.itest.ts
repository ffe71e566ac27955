import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EmotionName, PresentMember } from '../verbs.ts'
import {
  INTERVAL_MS,
  TestPeople,
  answer,
  seat,
  tap,
  type Meeting,
  type Person,
} from '../testing/test-people.ts'

let people: TestPeople
let teacher: Person
let second: Person
let students: [Person, Person, Person]
let courseId: string
const held: string[] = []

/** Holds a class in which everyone taps the same each interval, and ends it. */
async function holdClass(taps: readonly (readonly EmotionName[])[]): Promise<string> {
  const meeting = await people.startClass(teacher, courseId)
  const { classId, hub } = meeting
  const seats = await enterAll(meeting)
  for (const emotions of taps) {
    for (const [at, emotion] of emotions.entries()) {
      const student = students[at]
      if (student) await tap(student, classId, emotion)
    }
    await people.pass(INTERVAL_MS)
  }
  for (const { memberId } of seats) await hub.drop(memberId)
  for (const { tab } of [...students, teacher]) {
    await tab.call('leaveClass', { classId, ended: true })
  }
  await people.quiet()
  await teacher.browser.call('endClass', { id: classId }, {})
  expect(hub.failures).toEqual([])
  held.push(classId)
  return classId
}

async function enterAll({ hub, classId, now }: Meeting): Promise<readonly PresentMember[]> {
  const teaching = seat(teacher, 'teacher')
  await hub.enter(teacher.tab, teaching, now())
  const seats = [teaching]
  for (const student of students) {
    const member = seat(student, 'student')
    await hub.enter(student.tab, member, now())
    await answer(student, classId, true)
    seats.push(member)
  }
  return seats
}

const totalsOf = (person: Person, page = {}) =>
  person.tab.call('courseTotals', { courseId, ...page })

beforeAll(async () => {
  people = await TestPeople.open()
  teacher = await people.signUp('Grace', true)
  second = await people.signUp('Hedy')
  students = [await people.signUp('Ada'), await people.signUp('Bob'), await people.signUp('Cleo')]
  courseId = await people.openCourse(teacher)
  for (const person of [...students, second]) await people.enrol(teacher, person, courseId)
  const accountId = second.account.accountId
  await teacher.tab.call('setRole', { courseId, accountId, role: 'teacher', confirmedName: 'Hedy' })
  await holdClass([['happy', 'happy', 'sad'], ['sad', 'sad', 'sad'], ['happy']])
  await holdClass([['neutral', 'surprise', 'neutral']])
})
afterAll(() => people.close())

describe('a course’s history', () => {
  it('shows the totals as they were shown, newest class first, and nothing below the minimum group', async () => {
    const { classes, more, missing } = await totalsOf(teacher)
    expect(classes.map(({ classId }) => classId)).toEqual(held.toReversed())
    expect(classes.flatMap(({ problems }) => problems)).toEqual([])
    expect([more, missing]).toEqual([false, []])
    const shown = classes[1]?.intervals.map(({ interval, total, counts }) => [
      interval,
      total,
      counts && { happy: counts.happy, sad: counts.sad, unclear: counts.unclear },
    ])
    expect(shown).toEqual([
      [0, 3, { happy: 2, sad: 1, unclear: 0 }],
      [1, 3, { happy: 0, sad: 3, unclear: 0 }],
      [2, 3, null],
    ])
    expect(teacher.tab.of('historyProgress').at(-1)).toEqual({ courseId, done: 2, total: 2 })
  })

  it('is the same for another teacher, and in an empty profile', async () => {
    const own = await totalsOf(teacher)
    expect(await totalsOf(second)).toEqual(own)
    const fresh = await people.openTab(people.school.browser())
    const { email } = teacher.account
    await fresh.call('signIn', { email, password: 'correct horse battery' })
    expect(await fresh.call('courseTotals', { courseId })).toEqual(own)
  })

  it('comes a page at a time', async () => {
    const [newest, oldest] = (await totalsOf(teacher)).classes
    const page = await totalsOf(teacher, { last: 1 })
    expect(page).toMatchObject({ classes: [newest], more: true })
    const next = await totalsOf(teacher, { last: 1, before: newest?.startedAt })
    expect(next).toMatchObject({ classes: [oldest], more: false })
  })
})
