import { decodeJwt } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  codeOf,
  enrol,
  enter,
  enterFirst,
  openCourse,
  type Person,
  randomB64u,
  settings,
} from '../testing/people.ts'
import { openSchool, type TestSchool } from '../testing/test-school.ts'
import type { WaitingRoom } from '../../_wire/settings.ts'

describe('who waits, and when the class is', () => {
  let school: TestSchool
  let teacher: Person
  let student: Person
  let courseId: string
  let id: string

  beforeEach(async () => {
    school = await openSchool()
    teacher = await enterFirst(school)
    student = await enter(school)
    courseId = await openCourse(teacher)
    await enrol(teacher, courseId, student)
    id = (await teacher.browser.call('startClass', { id: courseId }, {})).id
  })

  afterEach(async () => {
    await school.close()
  })

  const save = async (changes: Parameters<typeof settings>[0]): Promise<void> => {
    await teacher.browser.call('saveSettings', { id: courseId }, { settings: settings(changes) })
  }

  it('says in the ticket who has to be let in, by the course’s waiting room', async () => {
    const courseAdmin = await enter(school)
    await enrol(teacher, courseId, courseAdmin)
    const role = { role: 'course-admin' as const, grant: randomB64u(50) }
    await teacher.browser.call('setRole', { id: courseId, accountId: courseAdmin.id }, role)
    const waits = async (person: Person): Promise<unknown> =>
      decodeJwt((await person.browser.call('ticket', { id }, {})).ticket)['wait']
    const guestWaits = async (): Promise<unknown> => {
      const { ticket } = await school.browser().call('ticket', { id }, { name: 'Gus' })
      return decodeJwt(ticket)['wait']
    }
    const expected: Record<WaitingRoom, boolean[]> = {
      off: [false, false, false, false],
      guests: [false, false, false, true],
      everyone: [false, false, true, true],
    }
    for (const waitingRoom of ['off', 'guests', 'everyone'] as const) {
      await save({ waitingRoom, guests: true })
      expect(
        [await waits(teacher), await waits(courseAdmin), await waits(student), await guestWaits()],
        waitingRoom,
      ).toEqual(expected[waitingRoom])
    }
  })

  it('says in the ticket who enrolled only after the class began', async () => {
    const isNew = async (person: Person): Promise<unknown> =>
      decodeJwt((await person.browser.call('ticket', { id }, {})).ticket)['newcomer']
    school.clock.advance(60_000)
    const late = await enter(school)
    await enrol(teacher, courseId, late)
    expect([await isNew(teacher), await isNew(student), await isNew(late)]).toEqual([
      false,
      false,
      true,
    ])
  })

  it('takes no guest under a name that nobody could read', async () => {
    await save({ guests: true })
    for (const name of ['x'.repeat(500), '', ' \u200b ', 'a\nb', '\u0000']) {
      const refused = school.browser().call('ticket', { id }, { name })
      expect(await codeOf(refused), JSON.stringify(name)).toBe('bad-request')
    }
    for (const name of ['👩‍🏫 Zoë', 'محمد', '<img src=x onerror=alert(1)>']) {
      const { ticket } = await school.browser().call('ticket', { id }, { name })
      expect(decodeJwt(ticket)['name']).toBe(name)
    }
  })

  it('keeps a weekly class and writes it as a calendar file for the people of the course', async () => {
    const schedule = { weekday: 3, time: '08:15', minutes: 90, timeZone: 'America/New_York' }
    expect(await codeOf(student.browser.call('calendar', { id: courseId }, null))).toBe(
      'no-schedule',
    )
    const refused = student.browser.call('saveSchedule', { id: courseId }, { schedule })
    expect(await codeOf(refused)).toBe('not-permitted')
    await teacher.browser.call('saveSchedule', { id: courseId }, { schedule })
    expect((await student.browser.call('course', { id: courseId }, null)).schedule).toEqual(
      schedule,
    )
    const { fileName, text } = await student.browser.call('calendar', { id: courseId }, null)
    expect(fileName).toMatch(/\.ics$/)
    expect(text).toContain('DTSTART;TZID=America/New_York:20260902T081500')
    expect(text.replaceAll(/\r\n /g, '')).toContain(`/courses/${courseId}`)
    await teacher.browser.call('saveSchedule', { id: courseId }, { schedule: null })
    expect((await teacher.browser.call('course', { id: courseId }, null)).schedule).toBeNull()
  })
})
