import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeCodes, type ResponseEnvelope } from '../protocol/index.ts'
import { knock, openClass, refusedEntry } from '../testing/open-class.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let school: TestServer

beforeAll(async () => {
  school = await startTestServer()
})

afterAll(async () => {
  await school.close()
})

describe('the lock', () => {
  test('keeps out whoever is new, and nobody who was in before', async () => {
    const { cls, teacher, student, own } = await openClass(school)
    await teacher.client.request('setRules', { locked: true })
    expect(await refusedEntry(school, { cls })).toBe('class-locked')
    expect(await refusedEntry(school, { cls, role: 'guest', wait: true })).toBe('class-locked')
    await student.client.request('leave', {})
    await school.join(own)
    await school.join({ cls, role: 'teacher' })
    await teacher.client.request('setRules', { locked: false })
    await school.join({ cls })
  })

  test('that races with joining lets each one in before it or not at all', async () => {
    const { cls, teacher } = await openClass(school)
    const tickets = await Promise.all(
      Array.from({ length: 10 }, () => school.issuer.ticket({ cls })),
    )
    const doors = await Promise.all(tickets.map(() => school.connect()))
    const joining = doors.map(async (door, index): Promise<ResponseEnvelope> => {
      return await door.send('join', { ticket: tickets[index] })
    })
    const locking = teacher.client.request('setRules', { locked: true })
    const answers = await Promise.all(joining)
    await locking
    const entered = answers.filter((answer) => answer.ok).length
    const members = school.server.registry.find(teacher.entry.class.id)?.members.length
    expect(members).toBe(entered + 2)
    expect(await refusedEntry(school, { cls })).toBe('class-locked')
  })
})

describe('the waiting room', () => {
  test('shows nothing of the class; teachers see who waits and let one in', async () => {
    const { cls, teacher, student } = await openClass(school)
    const waiting = await knock(school, { cls, sub: randomUUID(), name: 'Wanda Waits' })
    const { people } = await teacher.client.told('waiting')
    expect(people).toMatchObject([{ name: 'Wanda Waits', role: 'student' }])
    expect(await waiting.refused('createTransport', { direction: 'recv' })).toBe('not-joined')
    expect(await waiting.refused('consume', { producerId: 'x' })).toBe('not-joined')
    const accountId = people[0]?.accountId
    if (accountId === undefined) return
    await teacher.client.request('admit', { accountId })
    await waiting.told('admitted')
    expect(waiting.notifications.map(({ notification }) => notification)).toEqual([
      'clock',
      'admitted',
    ])
    const own = { cls, sub: accountId, wait: true }
    const entry = await waiting.enter(await school.issuer.ticket(own))
    expect(entry.members).toHaveLength(3)
    expect(student.client.allTold('waiting')).toEqual([])
    // Once in, a reload does not wait again.
    await waiting.request('leave', {})
    await school.join(own)
  })

  test('a declined one is sent away and may knock again; all are admitted at once', async () => {
    const { cls, teacher } = await openClass(school)
    const sub = randomUUID()
    const first = await knock(school, { cls, sub })
    const { people } = await teacher.client.told('waiting', (told) => told.people.length === 1)
    const [person] = people
    if (person === undefined) return
    await teacher.client.request('decline', { accountId: person.accountId })
    await first.told('declined')
    expect(await first.closed()).toBe(closeCodes.membershipEnded)
    const both = [await knock(school, { cls, sub }), await knock(school, { cls, role: 'guest' })]
    await teacher.client.request('admitAll', {})
    for (const client of both) await client.told('admitted')
    const other = await school.join({ cls, role: 'teacher' })
    expect(other.entry.moderation.waiting).toEqual([])
  })

  test('who goes away leaves the list; a second device is no second person', async () => {
    const { cls, teacher } = await openClass(school)
    const sub = randomUUID()
    const [first, second] = [await knock(school, { cls, sub }), await knock(school, { cls, sub })]
    const other = await school.join({ cls, role: 'teacher' })
    expect(other.entry.moderation.waiting).toHaveLength(1)
    first.socket.terminate()
    second.socket.terminate()
    await teacher.client.until(() => teacher.client.allTold('waiting').at(-1)?.people.length === 0)
  })

  test('admitting and declining at once: one of the two teachers is told that it is done', async () => {
    const { cls, teacher } = await openClass(school)
    const other = await school.join({ cls, role: 'teacher' })
    const waiting = await knock(school, { cls })
    const { people } = await teacher.client.told('waiting')
    const accountId = people[0]?.accountId
    const answers = await Promise.all([
      teacher.client.send('admit', { accountId }),
      other.client.send('decline', { accountId }),
    ])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    await waiting.until(
      () => waiting.allTold('admitted').length + waiting.allTold('declined').length === 1,
    )
  })

  test('ends with the class, and waits as long as the class lasts', async () => {
    const { cls, teacher } = await openClass(school)
    const waiting = await knock(school, { cls })
    school.clock.advance(60_000)
    await waiting.until(() => waiting.allTold('clock').length === 2)
    await teacher.client.request('leave', {})
    await school.command({ cmd: 'end-class', cls })
    expect(await waiting.closed()).toBe(closeCodes.classEnded)
  })
})

test('attendance says who was here and when, two devices once, and comes with the end', async () => {
  const { cls, teacher, student, own } = await openClass(school)
  const from = school.clock.now()
  const second = await school.join(own)
  school.clock.advance(60_000)
  await student.client.request('leave', {})
  school.clock.advance(60_000)
  await second.client.request('leave', {})
  school.clock.advance(60_000)
  await school.join(own)
  const { people } = await teacher.client.request('attendance', {})
  expect(people).toEqual([
    { name: 'Tea Cher', role: 'teacher', spans: [{ from, to: null }] },
    {
      name: 'Stu Dent',
      role: 'student',
      spans: [
        { from, to: from + 120_000 },
        { from: from + 180_000, to: null },
      ],
    },
  ])
  await school.command({ cmd: 'end-class', cls })
  expect(await teacher.client.told('attendance')).toEqual({ people })
  expect(student.client.allTold('attendance')).toEqual([])
})

test('those inside are told when the class will end for want of a teacher', async () => {
  const { cls, teacher, student } = await openClass(school)
  expect(student.entry.moderation.endsInMs).toBeNull()
  await teacher.client.request('leave', {})
  expect(await student.client.told('teacherAbsent')).toEqual({ endsInMs: 600_000 })
  school.clock.advance(60_000)
  expect((await school.join({ cls })).entry.moderation.endsInMs).toBe(540_000)
  await school.join({ cls, role: 'teacher' })
  expect(await student.client.told('teacherAbsent', ({ endsInMs }) => endsInMs === null)).toEqual({
    endsInMs: null,
  })
})

test('one whose role changed is told to enter again, and only a newer ticket does', async () => {
  const { cls, student, own } = await openClass(school)
  const older = await school.issuer.ticket(own)
  expect(await school.command({ cmd: 'revoke', cls, sub: own.sub, why: 'role' })).toBe(200)
  expect(await student.client.told('removed')).toEqual({ reason: 'role-changed' })
  const back = await school.connect()
  expect(await back.refused('join', { ticket: older })).toBe('ticket-revoked')
  school.clock.advance(1_000)
  expect((await school.join({ ...own, role: 'teacher' })).entry.role).toBe('teacher')
})
