/** A course with a teacher, a second one and three students, and the classes that they hold: for tests of histories. */
import { AccountDoor, type OpenAccount } from '../account.ts'
import { openClasses, type OpenedHistory } from '../history/open-classes.ts'
import { createHttp } from '../http.ts'
import type { CourseHistory } from '../history/verbs.ts'
import type { EmotionName, MyReading, PresentMember } from '../verbs.ts'
import {
  INTERVAL_MS,
  TestPeople,
  answer,
  seat,
  tap,
  type Meeting,
  type Person,
} from './test-people.ts'

/** What everyone taps in one interval, in the order of the students. */
export type Taps = readonly (EmotionName | null)[]

export interface Running extends Meeting {
  readonly teaching: PresentMember
  readonly seats: readonly PresentMember[]
}

export class TestHistory {
  readonly people: TestPeople
  readonly teacher: Person
  readonly second: Person
  readonly students: readonly [Person, Person, Person]
  readonly courseId: string

  private constructor(people: TestPeople, all: readonly Person[], courseId: string) {
    const [teacher, second, ada, bob, cleo] = all
    if (!teacher || !second || !ada || !bob || !cleo) throw new TypeError('five people')
    this.people = people
    this.teacher = teacher
    this.second = second
    this.students = [ada, bob, cleo]
    this.courseId = courseId
  }

  static async open(): Promise<TestHistory> {
    const people = await TestPeople.open()
    const teacher = await people.signUp('Grace', true)
    const all = [teacher]
    for (const name of ['Hedy', 'Ada', 'Bob', 'Cleo']) all.push(await people.signUp(name))
    const courseId = await people.openCourse(teacher)
    for (const person of all.slice(1)) await people.enrol(teacher, person, courseId)
    return new TestHistory(people, all, courseId)
  }

  close(): Promise<void> {
    return this.people.close()
  }

  async makeTeacher(person: Person): Promise<void> {
    const { accountId, name: confirmedName } = person.account
    const { courseId } = this
    await this.teacher.tab.call('setRole', { courseId, accountId, role: 'teacher', confirmedName })
  }

  /** A class that everybody is in. */
  async begin(): Promise<Running> {
    const meeting = await this.people.startClass(this.teacher, this.courseId)
    const teaching = seat(this.teacher, 'teacher')
    await meeting.hub.enter(this.teacher.tab, teaching, meeting.now())
    const seats: PresentMember[] = []
    for (const student of this.students) {
      const member = seat(student, 'student')
      await meeting.hub.enter(student.tab, member, meeting.now())
      await answer(student, meeting.classId, true)
      seats.push(member)
    }
    return { ...meeting, teaching, seats }
  }

  /** One interval. */
  async interval({ classId }: Meeting, taps: Taps): Promise<void> {
    for (const [at, emotion] of taps.entries()) {
      const student = this.students[at]
      if (student && emotion) await tap(student, classId, emotion)
    }
    await this.people.pass(INTERVAL_MS)
  }

  /** Everybody leaves, and the class is over. */
  async end({ classId, hub }: Meeting): Promise<void> {
    for (const { memberId } of hub.present()) await hub.drop(memberId)
    for (const { tab } of [...this.students, this.teacher]) {
      await tab.call('leaveClass', { classId, ended: true })
    }
    await this.people.quiet()
    await this.teacher.browser.call('endClass', { id: classId }, {})
  }

  /** Holds a class from beginning to end. */
  async hold(...taps: readonly Taps[]): Promise<string> {
    const meeting = await this.begin()
    for (const one of taps) await this.interval(meeting, one)
    await this.end(meeting)
    return meeting.classId
  }

  totals(person: Person, page: { last?: number; before?: number } = {}): Promise<CourseHistory> {
    return person.tab.call('courseTotals', { courseId: this.courseId, ...page })
  }

  /** Own readings of one class as [interval, emotion]. */
  async own(person: Person, classId: string): Promise<[number, MyReading['emotion']][]> {
    const { readings } = await person.tab.call('myReadings', { courseId: this.courseId })
    const of = readings.filter((reading) => reading.classId === classId)
    return of.map(({ interval, emotion }) => [interval, emotion])
  }

  /** What the vault of this person opens inside its worker. */
  async openAll(person: Person): Promise<OpenedHistory> {
    const transport: typeof fetch = (input, init = {}) => {
      if (typeof input !== 'string') throw new TypeError('a path')
      return person.tab.intercept(input, init, () => person.browser.fetch(input, init))
    }
    const http = createHttp(transport, () => undefined)
    const door = new AccountDoor(http, person.tab.store)
    await door.status()
    const me: OpenAccount = door.require()
    const done = (): Promise<void> => Promise.resolve()
    const context = { http, me, breathe: done, settle: done }
    return openClasses(context, this.courseId, { records: true })
  }
}

/** Emotions of the most probable kind that totals counted, by interval; null where too few. */
export function figures(
  history: CourseHistory,
  classId: string,
): (Record<string, number> | null)[] {
  const cls = history.classes.find((one) => one.classId === classId)
  return (cls?.intervals ?? []).map(({ counts }) => {
    return counts && Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
  })
}
