/**
 * A course of five classes with simulated time, on real vaults, real sealed records, real web code and PostgreSQL: one
 * of three students crosses the rule. What each device shows, what web sees on the wire, what stands in the database.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { NOTICE_BOX_BYTES } from '../../_wire/notices.ts'
import { dumpOf } from '../testing/dump.ts'
import { meet, openCheckIns, part, type CheckInCourse } from '../testing/test-check-ins.ts'
import { INTERVAL_MS, codeOf, tap, type Person } from '../testing/test-people.ts'
import { DEFAULT_COURSE_SETTINGS } from '../../_wire/settings.ts'
import type { EmotionName } from '../verbs.ts'
import { ROUND_MS } from './student.ts'

let course: CheckInCourse
let teacher: Person
let ada: Person
let bob: Person
let cleo: Person

// Many classes, each with all that vaults do in it: minutes on a busy machine.
vi.setConfig({ testTimeout: 300_000 })

beforeAll(async () => {
  course = await openCheckIns()
  teacher = course.teacher
  ;[ada, bob, cleo] = course.students
  const settings = {
    ...DEFAULT_COURSE_SETTINGS,
    readings: 'check-ins' as const,
    intervalSeconds: 5,
    minimumGroup: 2,
    support: true,
  }
  await teacher.tab.call('saveSettings', { courseId: course.courseId, settings })
})
afterAll(() => course.people.close())

/** One class: everybody taps what they feel at each interval. Cleo has declined: her taps go nowhere. */
async function hold(feelings: readonly (readonly [EmotionName, EmotionName])[]): Promise<string> {
  const cls = await meet(course)
  const { classId } = cls.meeting
  for (const [own, other] of feelings) {
    await tap(ada, classId, own)
    await tap(bob, classId, other)
    await tap(cleo, classId, 'sad')
    await course.people.pass(INTERVAL_MS)
  }
  await course.people.pass(INTERVAL_MS / 2)
  await part(course, cls)
  return classId
}

const short: [EmotionName, EmotionName][] = [['happy', 'happy']]
/** Eleven intervals, of which the first student spends nine low. */
const hard: [EmotionName, EmotionName][] = Array.from({ length: 11 }, (_, at) => [
  at < 9 ? (at % 2 === 0 ? 'sad' : 'fear') : 'happy',
  'happy',
])

/** What one device asks of web: method, path without ids' owner, and how many bytes. */
function wiretap(person: Person): string[] {
  const seen: string[] = []
  person.tab.intercept = async (path, init, go) => {
    const sent = typeof init.body === 'string' ? init.body.length : 0
    const response = await go()
    const got = (await response.clone().text()).length
    // A version is a counter; how many characters it takes says how often, not what.
    const sizes = path.includes('/boxes/support')
      ? [Math.round(sent / 64), Math.round(got / 64)]
      : [sent, got]
    seen.push(`${init.method ?? 'GET'} ${path} ${sizes.join(' ')}`)
    return response
  }
  return seen
}

const shown = (person: Person) => person.tab.of('support').at(-1)?.message ?? null
const people = () => [ada, bob, cleo]

async function letRoundsPass(): Promise<void> {
  await course.people.pass(ROUND_MS)
}

describe('notices over a course of five classes', () => {
  let fifth: string

  it('come after no class before the course has had more than three', async () => {
    for (let at = 0; at < 3; at++) {
      await hold(at === 2 ? hard : short)
      await course.people.pass(2_000)
    }
    await letRoundsPass()
    const sets = await course.people.school.context.db.noticeSet.count()
    expect(sets).toBe(0)
    for (const person of people()) expect(shown(person)).toBeNull()
  })

  it('come after the fourth class, once, to everybody, and say nothing to students who were well', async () => {
    const classId = await hold(short)
    await letRoundsPass()
    const { db } = course.people.school.context
    expect(await db.noticeSet.count()).toBe(1)
    const rows = await db.notice.findMany({ where: { classId } })
    expect(rows.map(({ accountId }) => accountId).sort()).toEqual(
      people()
        .map(({ account }) => account.accountId)
        .sort(),
    )
    for (const person of people()) expect(shown(person)).toBeNull()
  })

  it('show a message to the one student who crossed the rule, and to nobody else, without a difference on the wire', async () => {
    const taps = people().map(wiretap)
    fifth = await hold(hard)
    for (const seen of taps) seen.length = 0
    await letRoundsPass()
    expect(shown(ada)).toEqual({ flag: fifth, courseName: 'Mechanics' })
    expect(shown(bob)).toBeNull()
    expect(shown(cleo)).toBeNull()
    const polls = (line: string): boolean => line.includes('/api/account/notices')
    const [own, ...others] = taps.map((seen) => seen.map(withoutNames))
    expect(own?.some((line) => line.startsWith('PUT'))).toBe(true)
    for (const other of others) {
      expect(other.filter((line) => !polls(line))).toEqual(own?.filter((line) => !polls(line)))
      expect(other.filter(polls)).toHaveLength(own?.filter(polls).length ?? 0)
      expect(other.filter(polls).at(-1)).toBe(own?.filter(polls).at(-1))
    }
  })

  it('leave a database in which every notice looks like any other', async () => {
    const { db } = course.people.school.context
    const rows = await db.notice.findMany()
    expect(rows).toHaveLength(6)
    for (const { box } of rows) expect(box).toHaveLength(NOTICE_BOX_BYTES)
    const memories = await db.accountBox.findMany({ where: { name: 'support' } })
    expect(memories).toHaveLength(5)
    expect(new Set(memories.map(({ box }) => box.length)).size).toBe(1)
    const dump = await dumpOf(course.people.school)
    expect(dump).not.toMatch(/flag|low|negative/i)
    for (const word of ['happy', 'sad', 'fear']) expect(dump).not.toContain(word)
  })

  it('are refused a second time, incomplete, early, or from a student', async () => {
    const send = (person: Person, notices: { accountId: string; box: string }[]) =>
      codeOf(person.browser.call('sendNotices', { id: fifth }, { notices }))
    expect(await send(teacher, [])).toBe('notices-exist')
    expect(await send(ada, [])).toBe('not-permitted')
    const { db } = course.people.school.context
    const [first] = await db.class.findMany({ orderBy: { startedAt: 'asc' } })
    const early = { id: first?.id ?? '' }
    expect(await codeOf(teacher.browser.call('sendNotices', early, { notices: [] }))).toBe(
      'notices-not-due',
    )
    const before = await db.noticeSet.findMany()
    await teacher.tab.call('tendCourse', { courseId: course.courseId })
    await course.second.tab.call('tendCourse', { courseId: course.courseId })
    expect(await db.noticeSet.findMany()).toEqual(before)
  })

  it('are answered without a word on the wire, for good, on every device in time', async () => {
    const seen = wiretap(ada)
    await ada.tab.call('answerSupportMessage', { flag: fifth, answer: 'no' })
    expect(seen).toEqual([])
    expect(shown(ada)).toBeNull()
    // The same profile, loaded anew: the answer was kept here.
    await course.people.reload(ada)
    await course.people.pass(1_000)
    expect((await ada.tab.call('supportState', {})).message).toBeNull()
    // Another device, after that visit.
    const elsewhere = await course.people.openTab(course.people.school.browser())
    await elsewhere.call('signIn', {
      email: ada.account.email,
      password: 'correct horse battery',
    })
    await course.people.pass(1_000)
    expect((await elsewhere.call('supportState', {})).message).toBeNull()
    expect(elsewhere.of('support')).toEqual([])
    elsewhere.kill()
  })

  it('are one event with what the own vault finds where no teacher came back', async () => {
    const { school } = course.people
    const cls = await meet(course)
    // The teacher's vault never sees the end: the lid is closed.
    teacher.tab.intercept = (path, _init, go) =>
      path.endsWith('/notices') ? Promise.reject(new TypeError('no network')) : go()
    for (let at = 0; at < 9; at++) {
      await tap(ada, cls.meeting.classId, 'anger')
      await tap(bob, cls.meeting.classId, 'neutral')
      await course.people.pass(INTERVAL_MS)
    }
    await course.people.pass(INTERVAL_MS / 2)
    await part(course, cls)
    await letRoundsPass()
    for (const person of people()) expect(shown(person)).toBeNull()
    school.clock.advance(25 * 3_600_000)
    await letRoundsPass()
    const message = { flag: cls.meeting.classId, courseName: 'Mechanics' }
    expect(shown(ada)).toEqual(message)
    expect(shown(bob)).toBeNull()
    expect(shown(cleo)).toBeNull()
    // The teacher comes back: the notice that now comes speaks of the same event.
    await ada.tab.call('answerSupportMessage', { flag: message.flag, answer: 'yes' })
    teacher.tab.intercept = (_path, _init, go) => go()
    await teacher.tab.call('tendCourse', { courseId: course.courseId })
    await letRoundsPass()
    expect(shown(ada)).toBeNull()
    expect(await school.context.db.noticeSet.count()).toBe(3)
  })

  it('can be turned off for good', async () => {
    const seen = wiretap(ada)
    expect(await ada.tab.call('setSupportMessages', { on: false })).toEqual({
      message: null,
      messagesOn: false,
    })
    expect(seen).toEqual([])
    await hold(hard)
    await letRoundsPass()
    expect(shown(ada)).toBeNull()
    expect((await ada.tab.call('supportState', {})).messagesOn).toBe(false)
  })
})

/** Names and ids differ from person to person; what is asked and how much is what counts. */
function withoutNames(line: string): string {
  return line.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
}
