import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { DEFAULT_COURSE_SETTINGS } from '../_wire/settings.ts'
import { openSchool, type TestBrowser, type TestSchool } from '../_server/testing/test-school.ts'
import { sodiumReady } from './sodium.ts'
import { TestHub, TestTab, freshStore } from './testing/test-class.ts'
import { TestTime } from './testing/test-time.ts'
import type { PresentMember, VaultAccount } from './verbs.ts'

const INTERVAL = 5
const SECONDS = 1000
const PASSWORD = 'correct horse battery'

interface Person {
  readonly browser: TestBrowser
  readonly account: VaultAccount
  readonly recoveryCode: string
  tab: TestTab
}

let school: TestSchool
let time: TestTime
const tabs: TestTab[] = []

beforeAll(async () => {
  await sodiumReady()
  school = await openSchool()
  time = new TestTime(school.clock.now())
})
afterAll(() => school.close())

async function openTab(browser: TestBrowser, store?: TestTab['store']): Promise<TestTab> {
  const tab = new TestTab(browser, store ?? (await freshStore()), time, navigator.locks)
  tabs.push(tab)
  return tab
}

async function signUp(name: string, local = false): Promise<Person> {
  const browser = school.browser({ local })
  const tab = await openTab(browser)
  const email = `${randomUUID()}@school.example`
  const { account, recoveryCode } = await tab.call('signUp', { name, email, password: PASSWORD })
  return { browser, account, recoveryCode, tab }
}

/** Resolves when nothing is under way in any tab. */
async function quiet(): Promise<void> {
  let calm = 0
  await vi.waitFor(
    async () => {
      await new Promise((resolve) => setImmediate(resolve))
      calm = tabs.every(({ pending }) => pending === 0) ? calm + 1 : 0
      if (calm < 5) throw new Error('still busy')
    },
    { timeout: 30_000, interval: 1 },
  )
}

async function pass(ms: number): Promise<void> {
  await time.advance(ms, quiet)
}

async function openCourse(teacher: Person): Promise<string> {
  const { courseId } = await teacher.tab.call('createCourse', { name: 'Mechanics' })
  const settings = {
    ...DEFAULT_COURSE_SETTINGS,
    readings: 'check-ins' as const,
    intervalSeconds: INTERVAL,
    minimumGroup: 2,
  }
  await teacher.tab.call('saveSettings', { courseId, settings })
  return courseId
}

async function enrol(teacher: Person, student: Person, courseId: string): Promise<void> {
  const { url } = await teacher.tab.call('inviteLink', { courseId, origin: 'http://x' })
  const { pathname, hash } = new URL(url)
  const token = pathname.split('/').at(-1) ?? ''
  await student.tab.call('joinCourse', { token, fragment: hash })
}

function member(person: Person, role: PresentMember['role']): PresentMember {
  return { memberId: randomUUID(), accountId: person.account.accountId, role }
}

async function allow(student: Person, classId: string): Promise<void> {
  await student.tab.call('answerConsent', {
    classId,
    allow: true,
    textId: 'check-ins/1',
    text: 'What is asked, and who sees what.',
    language: 'en',
    givenBy: 'self',
  })
}

describe('a class with check-ins', () => {
  let teacher: Person
  let students: Person[]
  let courseId: string

  beforeAll(async () => {
    teacher = await signUp('Grace', true)
    students = [await signUp('Ada'), await signUp('Bob'), await signUp('Cleo')]
    courseId = await openCourse(teacher)
    for (const student of students) await enrol(teacher, student, courseId)
  })

  async function startClass() {
    const { id: classId, startedAt } = await teacher.browser.call(
      'startClass',
      { id: courseId },
      {},
    )
    // The SFU's clock: the class has just begun.
    const begun = time.now()
    const now = (): number => startedAt + (time.now() - begun)
    const hub = new TestHub(classId)
    const teaching = member(teacher, 'teacher')
    await hub.enter(teacher.tab, teaching, now())
    const seats = students.map((student) => member(student, 'student'))
    for (const [i, student] of students.entries()) {
      await hub.enter(student.tab, seats[i] ?? member(student, 'student'), now())
    }
    return { classId, hub, teaching, seats, now }
  }

  async function endClass(classId: string): Promise<void> {
    for (const { tab } of [...students, teacher])
      await tab.call('leaveClass', { classId, ended: true })
    await teacher.browser.call('endClass', { id: classId }, {})
  }

  it('shows totals of what was tapped, counts who declined as unclear, and tells the students so', async () => {
    const { classId, hub } = await startClass()
    const [ada, bob, cleo] = students as [Person, Person, Person]
    await allow(ada, classId)
    await allow(bob, classId)
    await cleo.tab.call('answerConsent', {
      classId,
      allow: false,
      textId: 'check-ins/1',
      text: 'What is asked, and who sees what.',
      language: 'en',
      givenBy: 'self',
    })
    const tap = (person: Person, emotion: 'happy' | 'sad') =>
      person.tab.call('record', { classId, interval: 0, reading: { kind: 'check-in', emotion } })
    expect(await tap(ada, 'happy')).toEqual({ accepted: true })
    expect(await tap(bob, 'sad')).toEqual({ accepted: true })
    expect(await tap(cleo, 'sad')).toEqual({ accepted: false })
    await pass(INTERVAL * SECONDS + 500)

    expect(teacher.tab.of('totals').at(-1)).toMatchObject({
      interval: 0,
      total: 3,
      tooFew: false,
      counts: { happy: 1, sad: 1, unclear: 1, neutral: 0 },
      engagement: { engaged: 1, notEngaged: 1, unclear: 1 },
    })
    expect(hub.wire.map(({ length }) => length)).toEqual([256, 256, 256])
    for (const { tab, account } of students) {
      expect(await tab.store.outbox(account.accountId)).toEqual([])
    }
    await endClass(classId)
    await quiet()
    const { readings } = await ada.tab.call('myReadings', { courseId })
    expect(readings).toMatchObject([{ classId, interval: 0, kind: 'check-in', emotion: 'happy' }])
    expect(hub.failures).toEqual([])
    expect(tabs.flatMap((tab) => tab.of('problem'))).toEqual([])
  })

  it('says too few when fewer than the minimum group gave clear readings', async () => {
    const { classId } = await startClass()
    const [ada] = students as [Person]
    await ada.tab.call('record', {
      classId,
      interval: 0,
      reading: { kind: 'check-in', emotion: 'happy' },
    })
    await pass(INTERVAL * SECONDS + 500)
    expect(teacher.tab.of('totals').at(-1)).toMatchObject({
      classId,
      interval: 0,
      total: 3,
      tooFew: true,
      counts: null,
      engagement: null,
    })
    await endClass(classId)
  })
})
