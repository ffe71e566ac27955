import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromB64u } from './format/bytes.ts'
import { toB64u } from './sodium.ts'
import {
  meet,
  openCheckIns,
  outboxesOf,
  part,
  type CheckInCourse,
} from './testing/test-check-ins.ts'
import { INTERVAL_MS, PASSWORD, codeOf, tap, type Person } from './testing/test-people.ts'
import { freshStore } from './testing/test-class.ts'
import type { MyReading } from './verbs.ts'

let course: CheckInCourse

beforeAll(async () => {
  course = await openCheckIns()
})
afterAll(() => course.people.close())

async function hold(emotion: 'happy' | 'sad'): Promise<readonly string[]> {
  const { people, students, teacher } = course
  const room = await meet(course)
  for (const student of students.slice(0, 2)) await tap(student, room.meeting.classId, emotion)
  await people.pass(INTERVAL_MS * 1.1)
  expect(await outboxesOf(course, room.meeting.classId)).toEqual([0, 0, 0])
  expect(teacher.tab.of('totals').at(-1)).toMatchObject({ counts: { [emotion]: 2, unclear: 1 } })
  const problems = people.tabs.flatMap((tab) => tab.of('problem').map(({ code }) => code))
  await part(course, room)
  return problems
}

async function emotionsOf({ tab }: Person): Promise<(string | null)[]> {
  const { readings } = await tab.call('myReadings', { courseId: course.courseId })
  return readings.map(({ emotion }: MyReading) => emotion).filter((emotion) => emotion !== null)
}

interface Roster {
  people: { accountId: string; keyChanges: { kind: string; signed: string }[] }[]
}

describe('renewed keys', () => {
  it('go on in the next class without anybody being asked, and open what was before', async () => {
    const { people, teacher, second, students, courseId } = course
    expect(await hold('happy')).toEqual([])
    const [ada] = students
    const renew = (person: Person, password = PASSWORD) =>
      person.tab.call('renewKeys', { password })
    expect(await codeOf(renew(teacher, 'not the password'))).toBe('wrong-password')
    await renew(teacher)
    await renew(ada)
    await renew(ada)
    expect(await hold('sad')).toEqual([])
    expect(await emotionsOf(ada)).toEqual(expect.arrayContaining(['happy', 'sad']))
    // The keys of the course are open to a vault that has just been started, and to the other teacher.
    await people.reload(teacher)
    await people.reload(ada)
    expect(await emotionsOf(ada)).toHaveLength(2)
    await second.tab.call('keysToConfirm', { courseId }).then(({ changed }) => {
      expect(changed).toBe(false)
    })
    const { courses } = await teacher.browser.call('heldKeys', {}, null)
    expect(courses.map((one) => one.courseId)).toEqual([courseId])
    expect(await hold('happy')).toEqual([])
  })

  it('sign out other devices, whose next sign-in has the new keys, and not while a class runs', async () => {
    const { people, students } = course
    const bob = students[1]
    const elsewhere = await people.openTab(people.school.browser(), await freshStore())
    const { email } = bob.account
    await elsewhere.call('signIn', { email, password: PASSWORD })
    const room = await meet(course)
    expect(await codeOf(bob.tab.call('renewKeys', { password: PASSWORD }))).toBe(
      'own-class-running',
    )
    await part(course, room)
    await bob.tab.call('renewKeys', { password: PASSWORD })
    expect(await codeOf(elsewhere.call('unlock', { password: PASSWORD }))).toBe('signed-out')
    await elsewhere.call('signIn', { email, password: PASSWORD })
    const { readings } = await elsewhere.call('myReadings', {})
    expect(readings.length).toBeGreaterThan(0)
  })

  it('are taken over by another tab of the same browser', async () => {
    const { people, students } = course
    const cleo = students[2]
    const other = await people.openTab(cleo.browser, cleo.tab.store)
    await other.call('status', {})
    await cleo.tab.call('renewKeys', { password: PASSWORD })
    await other.call('reloadKeys', {})
    await other.call('renewKeys', { password: PASSWORD })
    const row = await people.school.context.db.keyChange.count({
      where: { accountId: cleo.account.accountId },
    })
    expect(row).toBe(2)
    await cleo.tab.call('reloadKeys', {})
  })

  it('stop readings where the word on them was altered, left out, or turned into a reset', async () => {
    const { people, teacher, second, students, courseId } = course
    const room = await meet(course)
    const [ada] = students
    const seen = async (alter: (roster: Roster) => void): Promise<string | null> => {
      ada.tab.intercept = async (path, _init, go) => {
        const response = await go()
        if (!path.endsWith('/roster')) return response
        const body = (await response.json()) as Roster
        alter(body)
        return Response.json(body)
      }
      const { classId } = room.meeting
      const again = { classId, memberId: room.seats[0].memberId, role: 'student' as const }
      const entry = await ada.tab.call('enterClass', {
        ...again,
        clockOffset: room.meeting.offset(ada.tab),
      })
      ada.tab.intercept = (_path, _init, go) => go()
      return entry.paused
    }
    const changesOf = (roster: Roster) =>
      roster.people.find(({ accountId }) => accountId === teacher.account.accountId)?.keyChanges ??
      []
    expect(await seen(() => undefined)).toBeNull()
    expect(
      await seen((roster) => {
        for (const one of changesOf(roster)) {
          const bytes = fromB64u(one.signed)
          bytes[100] = (bytes[100] ?? 0) ^ 1
          one.signed = toB64u(bytes)
        }
      }),
    ).toBe('teacher-key-changed')
    expect(await seen((roster) => void changesOf(roster).splice(0))).toBe('teacher-key-changed')
    expect(
      await seen((roster) => {
        for (const one of changesOf(roster)) one.kind = 'reset'
      }),
    ).toBe('teacher-key-changed')
    expect(await seen(() => undefined)).toBeNull()
    await people.quiet()
    await part(course, room)
    expect(await second.tab.call('keysToConfirm', { courseId })).toMatchObject({ changed: false })
  })

  it('are refused by web without the old keys’ signature, and with a course key missing', async () => {
    const { teacher } = course
    teacher.tab.intercept = (path, init, go) => {
      if (path.endsWith('/account/keys') && init.method === 'PUT') {
        const body = JSON.parse(init.body as string) as { keyChange: string }
        const bytes = fromB64u(body.keyChange)
        bytes[0] = (bytes[0] ?? 0) ^ 1
        init.body = JSON.stringify({ ...body, keyChange: toB64u(bytes) })
      }
      return go()
    }
    const renew = () => teacher.tab.call('renewKeys', { password: PASSWORD })
    expect(await codeOf(renew())).toBe('key-change-wrong')
    teacher.tab.intercept = async (path, _init, go) =>
      path.endsWith('/course-keys') ? Response.json({ courses: [] }) : go()
    expect(await codeOf(renew())).toBe('generation-outdated')
    teacher.tab.intercept = (_path, _init, go) => go()
    expect(await hold('sad')).toEqual([])
  })
})
