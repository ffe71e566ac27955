/**
 * A course played without browsers: the product's own vaults in this process, against the running service, with a clock
 * that the test moves. Records are real, signed and sealed; only the media server's part (carrying bytes) is the test's.
 */
import { randomUUID } from 'node:crypto'
import { TestHub, TestTab, freshStore } from '../../app/_vault/testing/test-class.ts'
import { TestTime } from '../../app/_vault/testing/test-time.ts'
import { sodiumReady } from '../../app/_vault/sodium.ts'
import type { CourseRole, EmotionName, PresentMember } from '../../app/_vault/verbs.ts'
import { consentTextFor } from '../../app/_wire/consent.ts'
import { type CourseSettings, DEFAULT_COURSE_SETTINGS } from '../../app/_wire/settings.ts'
import { Visitor } from './visitor.ts'

export const PLAY_PASSWORD = 'a long enough password 1'

export interface Player {
  readonly name: string
  readonly email: string
  readonly id: string
  readonly tab: TestTab
  readonly visitor: Visitor
}

export class CoursePlay {
  readonly time = new TestTime(Date.UTC(2026, 8, 1, 8))
  readonly #origin: string
  readonly #tabs: TestTab[] = []
  courseId = ''
  #settings: CourseSettings = { ...DEFAULT_COURSE_SETTINGS, intervalSeconds: 5 }

  private constructor(origin: string) {
    this.#origin = origin
  }

  static async open(origin: string): Promise<CoursePlay> {
    await sodiumReady()
    return new CoursePlay(origin)
  }

  /** A fresh profile of a browser that nobody has signed in to. */
  async profile(): Promise<{ tab: TestTab; visitor: Visitor }> {
    const visitor = new Visitor(this.#origin)
    const tab = new TestTab(visitor, await freshStore(), this.time, navigator.locks)
    this.#tabs.push(tab)
    return { tab, visitor }
  }

  async signUp(name: string): Promise<Player> {
    const { tab, visitor } = await this.profile()
    const email = `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}.${randomUUID().slice(0, 8)}@school.example`
    const { account } = await tab.call('signUp', { name, email, password: PLAY_PASSWORD })
    return { name, email, id: account.accountId, tab, visitor }
  }

  /** @param special settings of this course beside check-ins every five seconds */
  async openCourse(
    teacher: Player,
    name: string,
    special: Partial<CourseSettings> = {},
  ): Promise<void> {
    const { courseId } = await teacher.tab.call('createCourse', { name })
    this.courseId = courseId
    this.#settings = {
      ...this.#settings,
      readings: 'check-ins',
      minimumGroup: 2,
      support: true,
      ...special,
    }
    const settings = this.#settings
    await teacher.tab.call('saveSettings', { courseId, settings })
  }

  async enrol(teacher: Player, person: Player, role: CourseRole = 'student'): Promise<void> {
    const { courseId } = this
    const { url } = await teacher.tab.call('inviteLink', { courseId, origin: this.#origin })
    const { pathname, hash } = new URL(url)
    const token = pathname.split('/').at(-1) ?? ''
    await person.tab.call('joinCourse', { token, fragment: hash })
    if (role === 'student') return
    const change = { accountId: person.id, role, confirmedName: person.name }
    await teacher.tab.call('setRole', { courseId, ...change })
  }

  /** Holds one class; each row says what each student taps in one interval, null for one who declined. */
  async hold(
    teacher: Player,
    students: readonly Player[],
    intervals: readonly (readonly (EmotionName | null)[])[],
  ): Promise<string> {
    const { id: classId, startedAt } = await teacher.visitor.call(
      'startClass',
      { id: this.courseId },
      {},
    )
    const begun = this.time.now()
    const now = (): number => startedAt + (this.time.now() - begun)
    const hub = new TestHub(classId)
    const seat = (player: Player, role: PresentMember['role']): PresentMember => ({
      memberId: randomUUID(),
      accountId: player.id,
      role,
    })
    await hub.enter(teacher.tab, seat(teacher, 'teacher'), now())
    for (const [at, student] of students.entries()) {
      await hub.enter(student.tab, seat(student, 'student'), now())
      await student.tab.call('answerConsent', {
        classId,
        allow: intervals[0]?.[at] !== null,
        textId: consentTextFor(this.#settings) ?? 'check-ins/1',
        text: 'What is asked, and who sees what.',
        language: 'en',
        givenBy: 'self',
        giverName: '',
        statedAge: 0,
      })
    }
    for (const row of intervals) {
      for (const [at, { tab }] of students.entries()) {
        const emotion = row[at] ?? null
        if (emotion === null) continue
        await tab.call('record', { classId, interval: 0, reading: { kind: 'check-in', emotion } })
      }
      await this.pass(this.#settings.intervalSeconds * 1_000)
    }
    await this.pass(this.#settings.intervalSeconds * 500)
    for (const { memberId } of hub.present()) await hub.drop(memberId)
    await teacher.visitor.call('endClass', { id: classId }, {})
    for (const { tab } of [...students, teacher])
      await tab.call('leaveClass', { classId, ended: true })
    await this.pass(2_000)
    if (hub.failures.length > 0) throw new AggregateError(hub.failures, 'the class failed')
    return classId
  }

  /** Lets the clock of every vault run, each timer at its moment and everything it began to its end. */
  pass(ms: number): Promise<void> {
    return this.time.advance(ms, () => this.#quiet())
  }

  async #quiet(): Promise<void> {
    for (let calm = 0; calm < 4;) {
      await new Promise((resolve) => setTimeout(resolve, 1))
      calm = this.#tabs.every(({ pending }) => pending === 0) ? calm + 1 : 0
    }
  }
}
