/**
 * Who gets notices and when, at the edges: support off, a class that ended by itself, a teacher who comes later, students
 * who never came or were removed, settings of the course.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { TestHistory } from '../testing/test-history.ts'
import { codeOf, type Person } from '../testing/test-people.ts'

const LOW = ['sad', 'happy', 'fear'] as const
const HARD = Array.from({ length: 9 }, () => LOW)

let course: TestHistory
let absent: Person

// Many classes, each with all that vaults do in it: minutes on a busy machine.
vi.setConfig({ testTimeout: 300_000 })

beforeAll(async () => {
  course = await TestHistory.open()
  await course.makeTeacher(course.second)
  absent = await course.people.signUp('Dora')
  await course.people.enrol(course.teacher, absent, course.courseId)
})
afterAll(() => course.close())

async function support(on: boolean): Promise<void> {
  const { teacher, courseId } = course
  const { settings } = await teacher.browser.call('course', { id: courseId }, null)
  await teacher.tab.call('saveSettings', { courseId, settings: { ...settings, support: on } })
}

const setsOf = (classId: string) =>
  course.people.school.context.db.notice.findMany({
    where: { classId },
    select: { accountId: true },
    orderBy: { accountId: 'asc' },
  })

/** Whom the vault of this person tells something. */
async function messageOf({ tab }: Person): Promise<string | null> {
  return (await tab.call('supportState', {})).message?.flag ?? null
}

describe('notices', () => {
  const hard: string[] = []

  it('are not made where the teacher did not turn support on, nor taken', async () => {
    const { teacher, courseId } = course
    for (let at = 0; at < 3; at++) await course.hold(['happy', 'happy', 'happy'])
    hard.push(await course.hold(...HARD))
    await teacher.tab.call('tendCourse', { courseId })
    const id = hard[0] ?? ''
    expect(await setsOf(id)).toEqual([])
    expect(await codeOf(teacher.browser.call('sendNotices', { id }, { notices: [] }))).toBe(
      'support-off',
    )
  })

  it('are made up for by the first teacher’s vault that opens the course after', async () => {
    const { second, students, courseId, people } = course
    await support(true)
    await second.tab.call('tendCourse', { courseId })
    const wanted = [...students, absent].map(({ account }) => account.accountId).sort()
    const sent = await setsOf(hard[0] ?? '')
    // Whoever never came gets one like everybody else; teachers get none.
    expect(sent.map(({ accountId }) => accountId)).toEqual(wanted)
    await people.pass(130_000)
    const messages = await Promise.all([...students, absent].map(messageOf))
    expect(messages).toEqual([hard[0], null, hard[0], null])
  })

  it('come by themselves after a class that ended ten minutes after its last teacher left', async () => {
    const { teacher, students, people } = course
    const meeting = await course.begin()
    for (const taps of HARD) await course.interval(meeting, taps)
    const { classId, hub, teaching } = meeting
    await hub.drop(teaching.memberId)
    await teacher.tab.call('leaveClass', { classId, ended: false })
    for (const { memberId } of hub.present()) await hub.drop(memberId)
    for (const { tab } of students) await tab.call('leaveClass', { classId, ended: true })
    await people.pass(600_000)
    expect(await setsOf(classId)).toEqual([])
    // What the media server says after its ten minutes.
    const { db } = people.school.context
    const endedAt = new Date(people.school.clock.now())
    await db.class.update({ where: { id: classId }, data: { endedAt, liveCourseId: null } })
    await people.pass(120_000)
    await expect.poll(async () => (await setsOf(classId)).length, { timeout: 30_000 }).toBe(4)
    hard.push(classId)
  })

  it('follow the course’s own settings of the rule', async () => {
    const { teacher, courseId, students, people } = course
    const [ada, bob] = students
    const rule = { count: 14, classesLookedAt: 1, classesBefore: 3 }
    await teacher.browser.call('saveSupportRule', { id: courseId }, rule)
    await ada.tab.call('answerSupportMessage', { flag: (await messageOf(ada)) ?? '', answer: 'no' })
    // Nine of nine are more than 14 of 15; five of nine are not.
    const half = HARD.map((_, at) =>
      at < 5 ? (['sad', 'sad'] as const) : (['happy', 'sad'] as const),
    )
    const classId = await course.hold(...half)
    await teacher.tab.call('tendCourse', { courseId })
    await people.pass(130_000)
    expect(await messageOf(bob)).toBe(classId)
    expect(await messageOf(ada)).not.toBe(classId)
  })

  it('leave out a student who was removed, and reach everyone else', async () => {
    const { teacher, courseId, students, people } = course
    const [, , cleo] = students
    const { accountId } = cleo.account
    const meeting = await course.begin()
    for (const taps of HARD) await course.interval(meeting, taps)
    await teacher.tab.call('removePerson', { courseId, accountId })
    await course.end(meeting)
    await teacher.tab.call('tendCourse', { courseId })
    await people.quiet()
    const sent = await setsOf(meeting.classId)
    expect(sent).toHaveLength(3)
    expect(sent.map((one) => one.accountId)).not.toContain(accountId)
    // The readings of that class stay the student's own.
    expect((await course.own(cleo, meeting.classId)).length).toBeGreaterThanOrEqual(9)
    hard.push(meeting.classId)
  })
})
