import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import {
  meet,
  openCheckIns,
  outboxesOf,
  part,
  type CheckInClass,
  type CheckInCourse,
} from './testing/test-check-ins.ts'
import {
  INTERVAL_MS,
  codeOf,
  seat,
  tap,
  type Meeting,
  type Person,
  type TestPeople,
} from './testing/test-people.ts'
import type { PresentMember } from './verbs.ts'

let course: CheckInCourse
let people: TestPeople
let teacher: Person
let second: Person
let students: CheckInCourse['students']
let courseId: string

beforeAll(async () => {
  course = await openCheckIns()
  ;({ people, teacher, second, students, courseId } = course)
})
afterAll(() => people.close())

describe('a class with check-ins', () => {
  let meeting: Meeting
  let teaching: PresentMember
  let seats: CheckInClass['seats']

  beforeEach(async () => {
    const met = await meet(course)
    ;({ meeting, teaching, seats } = met)
    return () => part(course, { ...met, meeting })
  })

  const problems = (): string[] =>
    people.tabs.flatMap((tab) => tab.of('problem').map(({ code }) => code))

  const outboxes = (): Promise<number[]> => outboxesOf(course, meeting.classId)

  it('shows what was tapped, counts who declined as unclear, and gives receipts', async () => {
    const [ada, bob, cleo] = students
    const { classId, hub } = meeting
    expect(await tap(ada, classId, 'happy')).toBe(true)
    expect(await tap(bob, classId, 'sad')).toBe(true)
    expect(await tap(cleo, classId, 'sad')).toBe(false)
    await people.pass(INTERVAL_MS + 500)

    expect(teacher.tab.of('totals').at(-1)).toMatchObject({
      interval: 0,
      total: 3,
      tooFew: false,
      counts: { happy: 1, sad: 1, unclear: 1, neutral: 0 },
      engagement: { engaged: 1, notEngaged: 1, unclear: 1 },
    })
    expect(hub.wire.map(({ length }) => length)).toEqual([256, 256, 256])
    expect(await outboxes()).toEqual([0, 0, 0])
    const { readings } = await ada.tab.call('myReadings', { courseId })
    expect(readings.filter((reading) => reading.classId === classId)).toMatchObject([
      { interval: 0, kind: 'check-in', emotion: 'happy' },
    ])
    expect(problems()).toEqual([])
  })

  it('says too few when fewer than the minimum group gave clear readings', async () => {
    await tap(students[0], meeting.classId, 'happy')
    await people.pass(INTERVAL_MS + 500)
    expect(teacher.tab.of('totals').at(-1)).toMatchObject({
      interval: 0,
      total: 3,
      tooFew: true,
      counts: null,
      engagement: null,
    })
  })

  it('counts enrolled students alone, one each, on however many devices', async () => {
    const [ada, bob] = students
    const { classId, hub } = meeting
    const twin = await people.openTab(ada.browser, ada.tab.store)
    await twin.call('status', {})
    await hub.enter(twin, seat(ada, 'student'), meeting.now())
    await hub.enter(second.tab, seat(second, 'teacher'), meeting.now())
    // A guest has no device that the vault hears of; what the page says of one makes nobody a student.
    const stranger = { memberId: randomUUID(), accountId: randomUUID() }
    const members = [
      ...hub.present(),
      { ...stranger, role: 'guest' as const },
      { memberId: randomUUID(), accountId: randomUUID(), role: 'student' as const },
    ]
    await teacher.tab.call('setPresence', { classId, members })
    await tap(ada, classId, 'happy')
    await twin.call('record', {
      classId,
      interval: 0,
      reading: { kind: 'check-in', emotion: 'anger' },
    })
    await tap(bob, classId, 'sad')
    await people.pass(INTERVAL_MS + 500)
    const shown = teacher.tab.of('totals').at(-1)
    expect(shown).toMatchObject({ interval: 0, total: 3 })
    expect(shown?.counts).toMatchObject({ sad: 1, unclear: 1 })
    expect((shown?.counts?.happy ?? 0) + (shown?.counts?.anger ?? 0)).toBe(1)
    twin.kill()
  })

  it('loses nothing and counts nothing twice when the teacher reloads within an interval', async () => {
    const { classId, hub } = meeting
    await tap(students[0], classId, 'happy')
    await tap(students[1], classId, 'happy')
    await people.pass(INTERVAL_MS * 0.8)
    await hub.drop(teaching.memberId)
    await people.reload(teacher)
    await hub.enter(teacher.tab, seat(teacher, 'teacher'), meeting.now())
    await people.pass(INTERVAL_MS * 0.3)
    expect(teacher.tab.of('totals').at(-1)).toMatchObject({
      interval: 0,
      total: 3,
      counts: { happy: 2, unclear: 1 },
    })
    expect(await outboxes()).toEqual([0, 0, 0])
    // And once more, now that it is in a chunk: the last chart comes back, nothing is added.
    await hub.drop(hub.present().find(({ role }) => role === 'teacher')?.memberId ?? '')
    await people.reload(teacher)
    await hub.enter(teacher.tab, seat(teacher, 'teacher'), meeting.now())
    expect(teacher.tab.of('totals')).toMatchObject([{ interval: 0, counts: { happy: 2 } }])
  })

  it('sends again what the network swallowed, and counts it late', async () => {
    const { classId, hub } = meeting
    const [ada] = students
    hub.carrying = false
    await tap(ada, classId, 'surprise')
    await people.pass(INTERVAL_MS * 2)
    expect(await outboxes()).toEqual([2, 2, 2])
    hub.carrying = true
    for (const { tab } of students) {
      await tab.call('channelState', { classId, open: false })
      await tab.call('channelState', { classId, open: true })
    }
    await people.pass(INTERVAL_MS * 1.1)
    expect(await outboxes()).toEqual([0, 0, 0])
    const shown = teacher.tab.of('totals').map(({ interval, tooFew }) => [interval, tooFew])
    expect(shown).toEqual([
      [0, true],
      [1, true],
      [2, true],
    ])
    const { readings } = await ada.tab.call('myReadings', { courseId })
    const own = readings.filter((reading) => reading.classId === classId)
    expect(own.map(({ interval, emotion }) => [interval, emotion])).toEqual([
      [0, 'surprise'],
      [1, null],
      [2, null],
    ])
  })

  it('leaves no interval out and sends none twice when a student is given another membership', async () => {
    const { classId, hub } = meeting
    const [ada] = students
    onTestFinished(() => {
      ada.tab.random = 0.5
    })
    await tap(ada, classId, 'happy')
    // At seven moments, between records and right after them.
    for (let again = 0; again < 7; again++) {
      await people.pass(INTERVAL_MS * 0.85)
      // Another draw, were it to begin anew.
      ada.tab.random = again % 2 === 0 ? 0.05 : 0.95
      const old = hub.present().find(({ accountId }) => accountId === ada.account.accountId)
      await hub.drop(old?.memberId ?? '')
      await hub.enter(ada.tab, seat(ada, 'student'), meeting.now())
    }
    await people.pass(INTERVAL_MS * 2.2)
    const sent = ada.tab.of('sent').flatMap((one) => (one.classId === classId ? one.interval : []))
    expect(sent).toEqual(sent.map((_, interval) => interval))
    expect(sent.length).toBeGreaterThan(6)
    expect(await outboxes()).toEqual([0, 0, 0])
    const { readings } = await ada.tab.call('myReadings', { courseId })
    const own = readings.filter((reading) => reading.classId === classId)
    expect(own.map(({ interval }) => interval)).toEqual(own.map((_, interval) => interval))
  })

  it('gives no receipt before web has the chunk, and brings it there once web is back', async () => {
    const own = teacher.account.accountId
    const keptAtSending: number[] = []
    teacher.tab.intercept = async (path, init, go) => {
      if (!path.endsWith('/chunks') || init.method !== 'POST') return go()
      keptAtSending.push((await teacher.tab.store.chunks(own)).length)
      throw new TypeError('no network')
    }
    await people.pass(INTERVAL_MS * 1.1)
    expect(await outboxes()).toEqual([1, 1, 1])
    // On this device first, then to web.
    expect(keptAtSending[0]).toBe(1)
    expect(teacher.tab.of('totals').at(-1)).toMatchObject({ interval: 0 })
    teacher.tab.intercept = (_path, _init, go) => go()
    await people.pass(INTERVAL_MS)
    expect(await outboxes()).toEqual([0, 0, 0])
    expect(await teacher.tab.store.chunks(teacher.account.accountId)).toEqual([])
    expect(teacher.tab.of('problem').map(({ code }) => code)).toEqual(['network'])
  })

  it('hands over to a second teacher, who sees the same totals and loses no record', async () => {
    const { classId, hub } = meeting
    await hub.enter(second.tab, seat(second, 'teacher'), meeting.now())
    await tap(students[0], classId, 'happy')
    await tap(students[1], classId, 'fear')
    await people.pass(INTERVAL_MS * 1.1)
    const [own] = teacher.tab.of('totals')
    expect(own).toMatchObject({ interval: 0, counts: { happy: 1, fear: 1, unclear: 1 } })
    expect(second.tab.of('totals')).toEqual([own])
    await tap(students[0], classId, 'sad')
    await tap(students[1], classId, 'sad')
    await people.pass(INTERVAL_MS * 0.6)
    await hub.drop(teaching.memberId)
    await teacher.tab.call('leaveClass', { classId, ended: false })
    await people.pass(INTERVAL_MS * 0.5)
    expect(second.tab.of('totals').at(-1)).toMatchObject({ interval: 1, counts: { sad: 2 } })
    expect(await outboxes()).toEqual([0, 0, 0])
    expect(problems()).toEqual([])
  })

  it('goes on when web is away at the moment of looking anew', async () => {
    const { classId, hub } = meeting
    const [ada] = students
    ada.tab.intercept = () => Promise.reject(new TypeError('no network'))
    const { memberId } = seats[0]
    const again = {
      classId,
      memberId,
      role: 'student' as const,
      clockOffset: meeting.offset(ada.tab),
    }
    expect(await codeOf(ada.tab.call('enterClass', again))).toBe('network')
    ada.tab.intercept = (_path, _init, go) => go()
    expect(await tap(ada, classId, 'happy')).toBe(true)
    await people.pass(INTERVAL_MS * 0.5)
    expect(hub.wire).toHaveLength(3)
    expect(await ada.tab.call('enterClass', again)).toMatchObject({ paused: null })
    expect(ada.tab.of('sent')).toMatchObject([{ interval: 0, reading: { emotion: 'happy' } }])
  })

  it('takes no own Allow of unknown age without the word that the school’s age is reached', async () => {
    const { classId } = meeting
    const [ada] = students
    const { policy } = await teacher.browser.call('policy', {}, null)
    const from = (guardianAge: number) =>
      teacher.browser.call('savePolicy', {}, { ...policy, guardianAge, lawfulConfirmed: false })
    onTestFinished(async () => {
      await from(0)
    })
    const enter = async () => {
      const seat = { memberId: seats[0].memberId, role: 'student' as const }
      const clockOffset = meeting.offset(ada.tab)
      return (await ada.tab.call('enterClass', { classId, ...seat, clockOffset })).consent
    }
    const allow = (statedAge: number) => {
      const question = { textId: 'check-ins/1', text: 'What is asked.', language: 'en' }
      const giver = { givenBy: 'self' as const, giverName: '', statedAge }
      return ada.tab.call('answerConsent', { classId, allow: true, ...question, ...giver })
    }
    expect(await enter()).toMatchObject({ state: 'allowed', by: 'self' })
    await from(16)
    expect(await enter()).toMatchObject({ state: 'ask', by: 'either', age: 16 })
    expect(await codeOf(allow(0))).toBe('guardian-needed')
    await allow(16)
    expect(await enter()).toMatchObject({ state: 'allowed' })
    await from(18)
    expect(await enter()).toMatchObject({ state: 'ask', age: 18 })
  })

  it('keeps records at web while no teacher is there, and the next vault takes them in', async () => {
    const { classId, hub } = meeting
    const [ada] = students
    await hub.drop(teaching.memberId)
    await tap(ada, classId, 'anger')
    await people.pass(INTERVAL_MS * 2.6)
    const { records } = await teacher.browser.call('lateRecords', { id: classId }, null)
    expect(records.length).toBe(6)
    await people.reload(teacher)
    await hub.enter(teacher.tab, seat(teacher, 'teacher'), meeting.now())
    await people.pass(INTERVAL_MS * 0.6)
    const left = await teacher.browser.call('lateRecords', { id: classId }, null)
    expect(left.records).toEqual([])
    expect(await outboxes()).toEqual([0, 0, 0])
    const { readings } = await ada.tab.call('myReadings', { courseId })
    expect(readings.filter((reading) => reading.classId === classId)[0]).toMatchObject({
      interval: 0,
      emotion: 'anger',
    })
  })

  it('takes in with the next class what students left at web after the last one', async () => {
    const { classId, hub } = meeting
    const [ada, bob] = students
    const closed = async () => (await ada.tab.call('myReadings', { courseId })).courses[0]?.closed
    const before = (await closed()) ?? 0
    await hub.drop(teaching.memberId)
    await teacher.tab.call('leaveClass', { classId, ended: true })
    await tap(ada, classId, 'disgust')
    await people.pass(INTERVAL_MS)
    for (const { tab } of students) await tab.call('leaveClass', { classId, ended: true })
    const lateAt = () => teacher.browser.call('lateRecords', { id: classId }, null)
    expect((await lateAt()).records).toHaveLength(3)
    // They lie at web, so that they can be erased there.
    expect(await closed()).toBe(before + 1)
    expect(await outboxes()).toEqual([0, 0, 0])
    await teacher.browser.call('endClass', { id: classId }, {})
    hub.forgetAll()

    meeting = await people.startClass(teacher, courseId)
    await teacher.tab.call('prepareClass', { classId: meeting.classId })
    await people.quiet()
    expect(problems()).toEqual([])
    expect((await lateAt()).records).toEqual([])
    const { readings } = await ada.tab.call('myReadings', { courseId })
    expect(readings.filter((reading) => reading.classId === classId)).toMatchObject([
      { interval: 0, emotion: 'disgust' },
    ])
    expect(bob.tab.of('problem')).toEqual([])
  })

  it('keeps what a student who is made teacher had yet to send, and says nothing of it', async () => {
    const { classId, hub } = meeting
    const [ada] = students
    const { accountId } = ada.account
    const inRole = (role: 'student' | 'teacher') =>
      teacher.tab.call('setRole', { courseId, accountId, role, confirmedName: 'Ada' })
    hub.carrying = false
    await people.pass(INTERVAL_MS)
    await inRole('teacher')
    await hub.drop(seats[0].memberId)
    await ada.tab.call('leaveClass', { classId, ended: false })
    expect(await outboxes()).toEqual([1, 1, 1])
    await people.reload(ada)
    await people.quiet()
    expect(await outboxes()).toEqual([1, 1, 1])
    expect(problems()).toEqual([])
    await inRole('student')
    await people.reload(ada)
    await people.quiet()
    expect(await outboxes()).toEqual([0, 1, 1])
    expect(problems()).toEqual([])
  })
})
