import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_COURSE_SETTINGS } from '../_wire/settings.ts'
import { meet, openCheckIns, part, type CheckInCourse } from './testing/test-check-ins.ts'
import { INTERVAL, INTERVAL_MS, codeOf, tap, type Person } from './testing/test-people.ts'
import { freshStore } from './testing/test-class.ts'

const NEW_PASSWORD = 'another good password'
const SETTINGS = {
  ...DEFAULT_COURSE_SETTINGS,
  readings: 'check-ins' as const,
  intervalSeconds: INTERVAL,
  minimumGroup: 2,
}

let course: CheckInCourse

beforeAll(async () => {
  course = await openCheckIns()
})
afterAll(() => course.people.close())

/** The school's admin issues a code, and the person begins anew with it on a new device. */
async function reset(person: Person): Promise<Person> {
  const { people, teacher } = course
  const { accountId, email } = person.account
  const { code } = await teacher.browser.call('issueReset', { id: accountId }, {})
  const browser = people.school.browser()
  const tab = await people.openTab(browser, await freshStore())
  const made = await tab.call('resetAccount', {
    email,
    code: code.toLowerCase().replaceAll('-', ' '),
    newPassword: NEW_PASSWORD,
  })
  expect(made.account).toEqual(person.account)
  return { ...person, browser, tab, recoveryCode: made.recoveryCode }
}

describe('an account begun anew', () => {
  it('keeps enrolments, opens nothing of before, and takes part in the next class', async () => {
    const { people, students, courseId, teacher } = course
    const room = await meet(course)
    await tap(students[0], room.meeting.classId, 'happy')
    await people.pass(INTERVAL_MS * 1.1)
    await part(course, room)
    const ada = await reset(students[0])
    course = { ...course, students: [ada, students[1], students[2]] }
    const before = await ada.tab.call('myReadings', {})
    expect([before.readings, before.unopened > 0]).toEqual([[], true])
    expect(before.courses).toMatchObject([{ courseId, readings: 0, closed: before.unopened }])
    expect(await ada.tab.call('keysToConfirm', { courseId })).toEqual({ changed: true, people: [] })
    // Its own memory of the course is gone: nothing runs before its person has looked at it.
    const next = await meet(course)
    expect(await entryOf(ada, next)).toMatchObject({ paused: 'teacher-key-changed' })
    await ada.tab.call('confirmKeys', { courseId })
    expect(ada.tab.of('entry').at(-1)).toMatchObject({ paused: null })
    await tap(ada, next.meeting.classId, 'sad')
    await people.pass(INTERVAL_MS * 1.1)
    expect(teacher.tab.of('totals').at(-1)).toMatchObject({ total: 3 })
    await part(course, next)
    const { readings } = await ada.tab.call('myReadings', {})
    expect(readings.map(({ emotion }) => emotion)).toContain('sad')
  })

  it('erases what it cannot open any more, and no teacher misses anything', async () => {
    const { teacher, students, courseId } = course
    const { tab } = students[0]
    await tab.call('eraseReadings', { courseId })
    expect(await tab.call('myReadings', {})).toEqual({ readings: [], unopened: 0, courses: [] })
    const { classes } = await teacher.tab.call('courseTotals', { courseId })
    expect(classes).not.toEqual([])
    expect(classes.flatMap(({ problems }) => problems)).toEqual([])
  })

  it('uses a code once, for an hour, and only the newest', async () => {
    const { people, teacher, students } = course
    const { accountId, email } = students[1].account
    const issue = async () => (await teacher.browser.call('issueReset', { id: accountId }, {})).code
    const tryCode = async (code: string): Promise<string> => {
      const tab = await people.openTab(people.school.browser(), await freshStore())
      return codeOf(tab.call('resetAccount', { email, code, newPassword: NEW_PASSWORD }))
    }
    const first = await issue()
    const second = await issue()
    expect(await tryCode(first)).toBe('reset-code-wrong')
    people.school.clock.advance(3_600_001)
    expect(await tryCode(second)).toBe('reset-code-wrong')
    const third = await issue()
    expect(await tryCode(third)).toBe('accepted')
    expect(await tryCode(third)).toBe('reset-code-wrong')
    const events = await students[1].browser.call('ownAudit', {}, null).then(
      () => 'still signed in',
      () => 'signed out',
    )
    expect(events).toBe('signed out')
  })

  it('of a teacher is confirmed by each person, and gets the course’s key from another teacher', async () => {
    const { second, teacher, students, courseId } = course
    const hedy = await reset(second)
    course = { ...course, second: hedy }
    await hedy.tab.call('confirmKeys', { courseId })
    const asked = await teacher.tab.call('keysToConfirm', { courseId })
    expect(asked).toMatchObject({ changed: true, people: [{ name: 'Hedy', role: 'teacher' }] })
    expect(asked.people[0]?.fingerprint).toMatch(/^([0-9a-f]{4} ){4}[0-9a-f]{4}$/)
    const held = async () => (await hedy.browser.call('heldKeys', {}, null)).courses
    expect(await held()).toEqual([])
    await teacher.tab.call('confirmKeys', { courseId })
    expect(await held()).toHaveLength(1)
    const cleo = students[2]
    expect(await cleo.tab.call('keysToConfirm', { courseId })).toMatchObject({
      changed: true,
      people: [{ name: 'Hedy' }],
    })
    await cleo.tab.call('confirmKeys', { courseId })
    expect(await cleo.tab.call('keysToConfirm', { courseId })).toEqual({
      changed: false,
      people: [],
    })
  })

  it('of the only teacher starts the course’s keys afresh, and students confirm first', async () => {
    const { people, teacher, students } = course
    const alone = await people.openCourse(teacher)
    const cleo = students[2]
    await people.enrol(teacher, cleo, alone)
    const grace = await reset(teacher)
    course = { ...course, teacher: grace }
    const { generationNeeded } = await grace.browser.call('course', { id: alone }, null)
    expect(generationNeeded).toBe(true)
    const afresh = () => codeOf(grace.tab.call('startAfresh', { courseId: alone }))
    expect(await afresh()).toBe('teacher-key-changed')
    await grace.tab.call('confirmKeys', { courseId: alone })
    expect(await afresh()).toBe('accepted')
    const { generations } = await grace.tab.call('historyKeys', { courseId: alone })
    expect(generations.at(-1)?.mine).toBe(true)
    const after = await grace.browser.call('course', { id: alone }, null)
    expect(after.generationNeeded).toBe(false)
    expect(await grace.tab.call('saveSettings', { courseId: alone, settings: SETTINGS })).toEqual({
      newGeneration: false,
    })
    const { id: classId } = await grace.browser.call('startClass', { id: alone }, {})
    expect(await grace.tab.call('prepareClass', { classId })).toMatchObject({ paused: null })
    const enter = () =>
      cleo.tab.call('enterClass', { classId, memberId: classId, role: 'student', clockOffset: 0 })
    expect(await enter()).toMatchObject({ paused: 'teacher-key-changed' })
    await cleo.tab.call('confirmKeys', { courseId: alone })
    expect(await enter()).toMatchObject({ paused: null })
    await cleo.tab.call('leaveClass', { classId, ended: true })
  })
})

type Room = Awaited<ReturnType<typeof meet>>

function entryOf(person: Person, { meeting, seats }: Room) {
  const { classId } = meeting
  const { memberId } = seats[0]
  return person.tab.call('enterClass', {
    classId,
    memberId,
    role: 'student',
    clockOffset: meeting.offset(person.tab),
  })
}
