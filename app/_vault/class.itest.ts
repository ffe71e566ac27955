import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AccountKeys } from './keys/account-keys.ts'
import { sealRecord } from './format/record.ts'
import { fromB64u } from './format/bytes.ts'
import { NOTHING_READ } from './student/content.ts'
import { sodium } from './sodium.ts'
import {
  INTERVAL_MS,
  TestPeople,
  answer,
  codeOf,
  seat,
  tap,
  type Meeting,
  type Person,
} from './testing/test-people.ts'
import type { PresentMember } from './verbs.ts'

let people: TestPeople
let teacher: Person
let second: Person
let students: [Person, Person, Person]
let courseId: string

beforeAll(async () => {
  people = await TestPeople.open()
  teacher = await people.signUp('Grace', true)
  second = await people.signUp('Hedy')
  students = [await people.signUp('Ada'), await people.signUp('Bob'), await people.signUp('Cleo')]
  courseId = await people.openCourse(teacher)
  for (const person of [...students, second]) await people.enrol(teacher, person, courseId)
  const accountId = second.account.accountId
  await teacher.tab.call('setRole', { courseId, accountId, role: 'teacher', confirmedName: 'Hedy' })
})
afterAll(() => people.close())

describe('a class with check-ins', () => {
  let meeting: Meeting
  let teaching: PresentMember
  let seats: [PresentMember, PresentMember, PresentMember]

  beforeEach(async () => {
    for (const tab of people.tabs) tab.events.length = 0
    meeting = await people.startClass(teacher, courseId)
    teaching = seat(teacher, 'teacher')
    const [ada, bob, cleo] = students
    seats = [seat(ada, 'student'), seat(bob, 'student'), seat(cleo, 'student')]
    await meeting.hub.enter(teacher.tab, teaching, meeting.now())
    for (const [i, { tab }] of students.entries()) {
      await meeting.hub.enter(tab, seats[i] ?? seats[0], meeting.now())
    }
    await answer(ada, meeting.classId, true)
    await answer(bob, meeting.classId, true)
    await answer(cleo, meeting.classId, false)
    return async () => {
      const { classId, hub } = meeting
      for (const { memberId } of hub.present()) await hub.drop(memberId)
      for (const { tab } of [...students, teacher, second]) {
        await tab.call('leaveClass', { classId, ended: true })
      }
      await people.quiet()
      await teacher.browser.call('endClass', { id: classId }, {})
      expect(hub.failures).toEqual([])
    }
  })

  const problems = (): string[] =>
    people.tabs.flatMap((tab) => tab.of('problem').map(({ code }) => code))

  async function outboxes(): Promise<number[]> {
    const { classId } = meeting
    return Promise.all(
      students.map(async ({ tab, account }) => {
        return (await tab.store.outbox(account.accountId, classId)).length
      }),
    )
  }

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

  it('refuses what is replayed, forged, misplaced or of a wrong size, and goes on', async () => {
    const { classId, hub } = meeting
    const [ada, bob] = students
    await tap(ada, classId, 'happy')
    await tap(bob, classId, 'happy')
    await people.pass(INTERVAL_MS * 0.9)
    const [first] = hub.wire
    if (!first) throw new Error('nothing was sent')
    const { classKey } = await teacher.browser.call('readings', { id: classId }, null)
    const publicKey = fromB64u(classKey?.publicKey ?? '')
    const stranger = AccountKeys.create()
    const forge = (changes: { interval?: number; classId?: string; signer?: Uint8Array }) =>
      sealRecord(
        {
          classId,
          stream: sodium.randombytes_buf(16),
          sequence: 0,
          interval: 0,
          signer: stranger.id,
          ...NOTHING_READ,
          ...changes,
        },
        stranger.signKey,
        publicKey,
      )
    const { roster } = { roster: await teacher.browser.call('roster', { id: courseId }, null) }
    const adaRow = roster.people.find(({ accountId }) => accountId === ada.account.accountId)
    const adaKey = sodium.crypto_generichash(32, fromB64u(adaRow?.publicKeys.sign ?? ''), null)
    const [adaSeat, bobSeat] = seats
    const inject = async (bytes: Uint8Array, from = adaSeat): Promise<void> => {
      hub.inject(from.memberId, bytes)
      await people.quiet()
    }
    await inject(first) // replayed by its own sender
    await inject(first, bobSeat) // replayed by somebody else
    await inject(forge({}))
    await inject(forge({ signer: adaKey.slice(0, 8) }))
    await inject(first.slice(0, 255))
    await inject(new Uint8Array(256))
    await people.pass(INTERVAL_MS * 0.2)
    expect(teacher.tab.of('totals').at(-1)).toMatchObject({
      interval: 0,
      total: 3,
      counts: { happy: 2, unclear: 1 },
    })
    const told = ada.tab.of('problem').map(({ code }) => code)
    expect(new Set(told)).toEqual(
      new Set(['not-enrolled', 'bad-signature', 'record-size', 'bad-format']),
    )
    expect(bob.tab.of('problem').map(({ code }) => code)).toEqual(['bad-signature'])
  })

  it('refuses an interval too far ahead with a code, so that the device measures its clock again', async () => {
    const { classId } = meeting
    const [ada] = students
    await ada.tab.call('syncClock', { classId, now: meeting.now() + 10 * INTERVAL_MS })
    await people.pass(INTERVAL_MS)
    expect(ada.tab.of('problem')).toMatchObject([{ code: 'clock-wrong', classId }])
    await ada.tab.call('syncClock', { classId, now: meeting.now() })
    expect((await outboxes())[0]).toBe(0)
    await people.pass(INTERVAL_MS)
    const due = ada.tab.of('sent').map(({ interval }) => interval)
    expect(due.at(-1)).toBeLessThanOrEqual(2)
    await people.pass(INTERVAL_MS * 1.1)
    expect((await outboxes())[0]).toBe(0)
  })

  it('gives no receipt before web has the chunk, and brings it there once web is back', async () => {
    teacher.tab.intercept = (path, init, go) =>
      path.endsWith('/chunks') && init.method === 'POST'
        ? Promise.reject(new TypeError('no network'))
        : go()
    await people.pass(INTERVAL_MS * 1.1)
    expect(await outboxes()).toEqual([1, 1, 1])
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
    const again = { classId, memberId, role: 'student' as const, now: meeting.now() }
    expect(await codeOf(ada.tab.call('enterClass', again))).toBe('network')
    ada.tab.intercept = (_path, _init, go) => go()
    expect(await tap(ada, classId, 'happy')).toBe(true)
    await people.pass(INTERVAL_MS * 0.5)
    expect(hub.wire).toHaveLength(3)
    expect(await ada.tab.call('enterClass', again)).toMatchObject({ paused: null })
    expect(ada.tab.of('sent')).toMatchObject([{ interval: 0, reading: { emotion: 'happy' } }])
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
    await hub.drop(teaching.memberId)
    await teacher.tab.call('leaveClass', { classId, ended: true })
    await tap(ada, classId, 'disgust')
    await people.pass(INTERVAL_MS)
    for (const { tab } of students) await tab.call('leaveClass', { classId, ended: true })
    const lateAt = () => teacher.browser.call('lateRecords', { id: classId }, null)
    expect((await lateAt()).records).toHaveLength(3)
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

  it('notices a chain that was cut off, a chunk that was altered and parts that were swapped', async () => {
    const { classId, hub } = meeting
    await people.pass(INTERVAL_MS * 2.1)
    const reloadWith = async (alter: (body: ChunkList) => void): Promise<string[]> => {
      await hub.drop(hub.present().find(({ role }) => role === 'teacher')?.memberId ?? '')
      await people.reload(teacher)
      teacher.tab.intercept = async (path, init, go) => {
        const response = await go()
        if (!path.includes('/chunks') || init.method !== 'GET') return response
        const body = (await response.json()) as ChunkList
        alter(body)
        return Response.json(body)
      }
      await hub.enter(teacher.tab, seat(teacher, 'teacher'), meeting.now())
      await people.quiet()
      return teacher.tab.of('problem').map(({ code }) => code)
    }
    expect(await reloadWith(() => undefined)).toEqual([])
    expect(await reloadWith(({ chunks }) => void chunks.pop())).toContain('chain-broken')
    expect(
      await reloadWith(({ chunks }) => {
        const [part, other] = chunks[0]?.parts ?? []
        if (part && other) [part.part, other.part] = [other.part, part.part]
      }),
    ).toContain('chain-broken')
    expect(
      await reloadWith(({ chunks }) => {
        const [chunk] = chunks
        if (chunk) chunk.manifest = `${chunk.manifest.slice(0, -4)}AAAA`
      }),
    ).toContain('chain-broken')
    expect(classId).toBe(meeting.classId)
  })
})

interface ChunkList {
  chunks: { manifest: string; parts: { part: string }[] }[]
}
