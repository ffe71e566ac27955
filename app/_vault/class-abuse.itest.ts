import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AccountDoor } from './account.ts'
import { AccountKeys } from './keys/account-keys.ts'
import { sealRecord, type RecordBody } from './format/record.ts'
import { fromB64u } from './format/bytes.ts'
import { createHttp } from './http.ts'
import { NOTHING_READ, contentOf } from './student/content.ts'
import { sodium } from './sodium.ts'
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
  seat,
  tap,
  type Meeting,
  type Person,
  type TestPeople,
} from './testing/test-people.ts'

let course: CheckInCourse
let people: TestPeople
let teacher: Person
let students: CheckInCourse['students']
let courseId: string

beforeAll(async () => {
  course = await openCheckIns()
  ;({ people, teacher, students, courseId } = course)
})
afterAll(() => people.close())

describe('a class in which somebody cheats', () => {
  let meeting: Meeting
  let seats: CheckInClass['seats']

  beforeEach(async () => {
    const met = await meet(course)
    ;({ meeting, seats } = met)
    return () => part(course, { ...met, meeting })
  })

  const outboxes = (): Promise<number[]> => outboxesOf(course, meeting.classId)

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

  it('tells a student by a code what is wrong with records of the own key, and loses none of anybody', async () => {
    const { classId, hub } = meeting
    const [ada, bob, cleo] = students
    const [{ memberId }] = seats
    const { classKey } = await teacher.browser.call('readings', { id: classId }, null)
    const publicKey = fromB64u(classKey?.publicKey ?? '')
    const keys = await ownKeys(ada)
    await tap(ada, classId, 'happy')
    await tap(bob, classId, 'happy')
    await people.pass(INTERVAL_MS * 0.4)
    const [sent] = await ada.tab.store.outbox(ada.account.accountId, classId)
    if (!sent) throw new Error('nothing was sent')
    const sign = (changes: Partial<RecordBody>, sealedTo = publicKey): Uint8Array => {
      const head = { classId, stream: sodium.randombytes_buf(16), sequence: 0, interval: 0 }
      const body = { ...head, signer: keys.id, ...contentOf({ kind: 'check-in', emotion: 'sad' }) }
      return sealRecord({ ...body, ...changes }, keys.signKey, sealedTo)
    }
    const told = async (bytes: Uint8Array): Promise<string[]> => {
      ada.tab.events.length = 0
      hub.inject(memberId, bytes)
      await people.quiet()
      await people.pass(INTERVAL_MS * 0.05)
      return ada.tab.of('problem').map(({ code }) => code)
    }
    const { stream, sequence } = sent
    expect(await told(sign({ classId: randomUUID() }))).toEqual(['wrong-class'])
    const elsewhere = sodium.crypto_box_keypair().publicKey
    expect(await told(sign({}, elsewhere))).toEqual(['wrong-class'])
    expect(await told(sign({ interval: 2 }))).toEqual(['clock-wrong'])
    const reused = { stream: Buffer.from(stream, 'hex'), sequence }
    expect(await told(sign(reused))).toEqual(['sequence-reused'])
    await people.pass(INTERVAL_MS * 0.5)
    const [first] = teacher.tab.of('totals')
    expect(first).toMatchObject({ interval: 0, total: 3, counts: { happy: 2, unclear: 1 } })

    // Stored by now: the same bytes bring their receipt once more, others under their number the same refusal.
    const receipts = teacher.tab.of('receiptOut').length
    expect(await told(sent.bytes)).toEqual([])
    expect(teacher.tab.of('receiptOut').slice(receipts)).toMatchObject([{ to: memberId }])
    expect(await told(sign({ ...reused, interval: 1 }))).toEqual(['sequence-reused'])

    await tap(ada, classId, 'surprise')
    await tap(bob, classId, 'surprise')
    await people.pass(INTERVAL_MS)
    expect(teacher.tab.of('totals').at(-1)).toMatchObject({
      interval: 1,
      counts: { surprise: 2, unclear: 1 },
    })
    expect(await outboxes()).toEqual([0, 0, 0])
    const { readings } = await ada.tab.call('myReadings', { courseId })
    const own = readings.filter((reading) => reading.classId === classId)
    expect(own.map(({ interval, emotion }) => [interval, emotion])).toEqual([
      [0, 'happy'],
      [1, 'surprise'],
    ])
    for (const { tab } of [bob, cleo, teacher]) expect(tab.of('problem')).toEqual([])
  })

  it('refuses an interval too far ahead with a code, and nothing but that record is lost', async () => {
    const { classId } = meeting
    const [ada, bob] = students
    await ada.tab.call('syncClock', {
      classId,
      clockOffset: meeting.offset(ada.tab) + 10 * INTERVAL_MS,
    })
    await people.pass(INTERVAL_MS)
    expect(ada.tab.of('problem')).toMatchObject([{ code: 'clock-wrong', classId }])
    expect((await outboxes())[0]).toBe(0)
    await tap(ada, classId, 'happy')
    await tap(bob, classId, 'happy')
    await people.pass(INTERVAL_MS * 2.1)
    const numbers = ada.tab.of('sent').map(({ interval }) => interval)
    expect(numbers.filter((interval) => interval > 4)).toHaveLength(1)
    expect(numbers.filter((interval) => interval <= 4)).toEqual([1, 2])
    expect(ada.tab.of('problem')).toHaveLength(1)
    expect(
      teacher.tab.of('totals').map(({ interval, counts }) => [interval, counts?.happy]),
    ).toContainEqual([1, 2])
    expect((await outboxes())[0]).toBe(0)
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
    expect(await reloadWith(({ chunks }) => void chunks.pop())).toContain('chain-cut')
    expect(
      await reloadWith(({ chunks }) => {
        const [part, other] = chunks[0]?.parts ?? []
        if (part && other) [part.part, other.part] = [other.part, part.part]
      }),
    ).toContain('part-altered')
    expect(
      await reloadWith(({ chunks }) => {
        const [chunk] = chunks
        if (chunk) chunk.manifest = `${chunk.manifest.slice(0, -4)}AAAA`
      }),
    ).toContain('chunk-altered')
    expect(classId).toBe(meeting.classId)
  })
})

/** The keys of a student who takes them out of the own browser, as whoever alters its code can. */
async function ownKeys({ browser, tab }: Person): Promise<AccountKeys> {
  const http = createHttp(
    (input, init) => browser.fetch(input, init),
    () => undefined,
  )
  const door = new AccountDoor(http, tab.store)
  await door.status()
  return door.require().keys
}

interface ChunkList {
  chunks: { manifest: string; parts: { part: string }[] }[]
}
