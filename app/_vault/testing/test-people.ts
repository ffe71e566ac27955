/** A school of people with vaults, for integration tests: sign up, found a course, enrol, meet in a class. */
import { randomUUID } from 'node:crypto'
import { vi } from 'vitest'
import { DEFAULT_COURSE_SETTINGS, type CourseSettings } from '../../_wire/settings.ts'
import { openSchool, type TestBrowser, type TestSchool } from '../../_server/testing/test-school.ts'
import { sodiumReady } from '../sodium.ts'
import type { EmotionName, PresentMember, VaultAccount } from '../verbs.ts'
import { TestHub, TestTab, freshStore } from './test-class.ts'
import { TestTime } from './test-time.ts'

export const INTERVAL = 5
export const INTERVAL_MS = INTERVAL * 1000
export const PASSWORD = 'correct horse battery'
export const CONSENT_TEXT = 'What is asked, and who sees what.'

export interface Person {
  readonly browser: TestBrowser
  readonly account: VaultAccount
  readonly recoveryCode: string
  tab: TestTab
}

/** A class that runs. */
export interface Meeting {
  readonly classId: string
  readonly hub: TestHub
  /** The SFU's clock. */
  readonly now: () => number
  /** The class's time less a tab's, milliseconds. */
  readonly offset: (tab: TestTab) => number
}

export class TestPeople {
  readonly school: TestSchool
  readonly time: TestTime
  readonly tabs: TestTab[] = []

  private constructor(school: TestSchool) {
    this.school = school
    this.time = new TestTime(school.clock.now())
  }

  static async open(): Promise<TestPeople> {
    await sodiumReady()
    return new TestPeople(await openSchool())
  }

  close(): Promise<void> {
    return this.school.close()
  }

  /** A tab in a fresh profile, or in one that was there before. */
  async openTab(browser: TestBrowser, store?: TestTab['store'], skew = 0): Promise<TestTab> {
    const kept = store ?? (await freshStore())
    const tab = new TestTab(browser, kept, this.time, navigator.locks, skew)
    this.tabs.push(tab)
    return tab
  }

  async signUp(name: string, local = false): Promise<Person> {
    const browser = this.school.browser({ local })
    const tab = await this.openTab(browser)
    const email = `${randomUUID()}@school.example`
    const { account, recoveryCode } = await tab.call('signUp', { name, email, password: PASSWORD })
    return { browser, account, recoveryCode, tab }
  }

  /** The page is loaded anew: the same profile and cookies, another worker. */
  async reload(person: Person, skew = 0): Promise<void> {
    person.tab.kill()
    person.tab = await this.openTab(person.browser, person.tab.store, skew)
    await person.tab.call('status', {})
  }

  /** Resolves when nothing is under way in any tab. */
  readonly quiet = async (): Promise<void> => {
    let calm = 0
    await vi.waitFor(
      async () => {
        await new Promise((resolve) => setImmediate(resolve))
        calm = this.tabs.every(({ pending }) => pending === 0) ? calm + 1 : 0
        if (calm < 5) throw new Error('still busy')
      },
      { timeout: 60_000, interval: 1 },
    )
  }

  async pass(ms: number): Promise<void> {
    await this.time.advance(ms, this.quiet)
  }

  async openCourse(teacher: Person, changes: Partial<CourseSettings> = {}): Promise<string> {
    const { courseId } = await teacher.tab.call('createCourse', { name: 'Mechanics' })
    const settings: CourseSettings = {
      ...DEFAULT_COURSE_SETTINGS,
      readings: 'check-ins',
      intervalSeconds: INTERVAL,
      minimumGroup: 2,
      ...changes,
    }
    await teacher.tab.call('saveSettings', { courseId, settings })
    return courseId
  }

  async enrol(teacher: Person, person: Person, courseId: string): Promise<void> {
    const { url } = await teacher.tab.call('inviteLink', { courseId, origin: 'http://x' })
    const { pathname, hash } = new URL(url)
    const token = pathname.split('/').at(-1) ?? ''
    await person.tab.call('joinCourse', { token, fragment: hash })
  }

  async startClass(teacher: Person, courseId: string): Promise<Meeting> {
    this.school.clock.advance(1000)
    const { id, startedAt } = await teacher.browser.call('startClass', { id: courseId }, {})
    const begun = this.time.now()
    const now = (): number => startedAt + (this.time.now() - begun)
    return { classId: id, hub: new TestHub(id), now, offset: (tab) => now() - tab.now() }
  }
}

export function seat(person: Person, role: PresentMember['role']): PresentMember {
  return { memberId: randomUUID(), accountId: person.account.accountId, role }
}

export async function answer(
  student: Person,
  classId: string,
  allow: boolean,
  textId = 'check-ins/1',
): Promise<void> {
  const question = { textId, text: CONSENT_TEXT, language: 'en' }
  const giver = { givenBy: 'self' as const, giverName: '', statedAge: 0 }
  await student.tab.call('answerConsent', { classId, allow, ...question, ...giver })
}

export async function tap(
  student: Person,
  classId: string,
  emotion: EmotionName,
): Promise<boolean> {
  const reading = { kind: 'check-in' as const, emotion }
  return (await student.tab.call('record', { classId, interval: 0, reading })).accepted
}

/** The code that a call is refused with, or `accepted`. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'accepted'
  } catch (error) {
    if (error instanceof Error && 'code' in error) return String(error.code)
    throw error
  }
}
