import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeCodes, internalClassesSchema } from '../protocol/index.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let school: TestServer

beforeAll(async () => {
  school = await startTestServer()
})

afterAll(async () => {
  await school.close()
})

const box = Buffer.from('sealed').toString('base64url')
const writer = Buffer.alloc(16, 7).toString('base64url')

describe('roles', () => {
  test.each(['student', 'guest'])('a %s may not do what teachers do', async (role) => {
    const cls = randomUUID()
    const { entry } = await school.join({ cls, role: 'teacher' })
    const { client } = await school.join({ cls, role })
    const { transportId } = await client.request('createTransport', { direction: 'recv' })
    expect(await client.refused('consumeRecords', { transportId })).toBe('not-allowed')
    expect(await client.refused('sendReceipt', { to: entry.memberId, box })).toBe('not-allowed')
    expect(await client.refused('announceChunk', { writer, number: 0 })).toBe('not-allowed')
  })

  test.each(['teacher', 'guest'])('a %s has no record channel to send on', async (role) => {
    const { client } = await school.join({ role })
    const { transportId } = await client.request('createTransport', { direction: 'send' })
    const request = { transportId, sctpStreamParameters: { streamId: 1, ordered: true } }
    expect(await client.refused('produceData', request)).toBe('not-allowed')
  })

  test('a student has one record channel, a teacher one with the records of all', async () => {
    const cls = randomUUID()
    const student = (await school.join({ cls })).client
    const { transportId } = await student.request('createTransport', { direction: 'send' })
    const request = { transportId, sctpStreamParameters: { streamId: 1, ordered: true } }
    await student.request('produceData', request)
    expect(await student.refused('produceData', request)).toBe('record-channel-exists')
    await student.request('closeTransport', { transportId })
    const next = await student.request('createTransport', { direction: 'send' })
    await student.request('produceData', { ...request, transportId: next.transportId })

    const teacher = (await school.join({ cls, role: 'teacher' })).client
    const recv = await teacher.request('createTransport', { direction: 'recv' })
    const channel = await teacher.request('consumeRecords', { transportId: recv.transportId })
    expect(channel.sctpStreamParameters.streamId).toBeTypeOf('number')
    expect(await teacher.refused('consumeRecords', { transportId: recv.transportId })).toBe(
      'record-channel-exists',
    )
  })

  test('a record channel runs the right way or not at all', async () => {
    const { client } = await school.join()
    const { transportId } = await client.request('createTransport', { direction: 'recv' })
    const request = { transportId, sctpStreamParameters: { streamId: 1 } }
    expect(await client.refused('produceData', request)).toBe('transport-direction')
  })
})

describe('the writer', () => {
  test('is the teacher who joined first, and alone gives receipts', async () => {
    const cls = randomUUID()
    const student = await school.join({ cls })
    const bystander = await school.join({ cls })
    const first = await school.join({ cls, role: 'teacher' })
    const second = await school.join({ cls, role: 'teacher' })
    expect(second.entry.writerMemberId).toBe(first.entry.memberId)

    await first.client.request('sendReceipt', { to: student.entry.memberId, box })
    expect(await student.client.told('receipt')).toEqual({ box })
    await first.client.request('announceChunk', { writer, number: 3 })
    expect(await second.client.told('chunk')).toEqual({ writer, number: 3 })
    const receipt = { to: student.entry.memberId, box }
    expect(await second.client.refused('sendReceipt', receipt)).toBe('not-the-writer')
    expect(await second.client.refused('announceChunk', { writer, number: 4 })).toBe(
      'not-the-writer',
    )
    expect(await first.client.refused('sendReceipt', { to: randomUUID(), box })).toBe(
      'member-unknown',
    )
    // Answered after anything that was told before it.
    await bystander.client.request('createTransport', { direction: 'recv' })
    expect(bystander.client.allTold('receipt')).toEqual([])
    expect(student.client.allTold('chunk')).toEqual([])
    expect(student.client.allTold('receipt')).toHaveLength(1)
  })

  test('passes on when its teacher leaves, and when the connection breaks', async () => {
    const cls = randomUUID()
    const first = await school.join({ cls, role: 'teacher' })
    const second = await school.join({ cls, role: 'teacher' })
    const third = await school.join({ cls, role: 'teacher' })
    await first.client.request('leave', {})
    await third.client.told('writer', ({ memberId }) => memberId === second.entry.memberId)
    second.client.socket.terminate()
    await third.client.told('writer', ({ memberId }) => memberId === third.entry.memberId)
    await third.client.request('announceChunk', { writer, number: 0 })
    const back = await school.connect()
    const { resumeToken } = second.entry
    const resumed = await back.request('resume', { resumeToken })
    expect(resumed.writerMemberId).toBe(third.entry.memberId)
  })

  test('stays with a lone teacher whose connection broke for a moment', async () => {
    const cls = randomUUID()
    const student = await school.join({ cls })
    const { client, entry } = await school.join({ cls, role: 'teacher' })
    client.socket.terminate()
    await student.client.told('memberUpdated', ({ member }) => !member.connected)
    const back = await school.connect()
    const resumed = await back.request('resume', { resumeToken: entry.resumeToken })
    expect(resumed.writerMemberId).toBe(entry.memberId)
  })
})

describe('what web commands', () => {
  test('a revocation ends every membership of that account, media, token and old tickets', async () => {
    const own = { cls: randomUUID(), sub: randomUUID() }
    const other = await school.join({ cls: own.cls })
    const first = await school.join(own)
    const second = await school.join(own)
    const older = await school.issuer.ticket(own)
    expect(await school.command({ cmd: 'revoke', ...own })).toBe(200)
    for (const { client } of [first, second]) {
      expect(await client.told('removed')).toEqual({ reason: 'revoked' })
      expect(await client.closed()).toBe(closeCodes.membershipEnded)
    }
    await other.client.until(() => other.client.allTold('memberLeft').length === 2)
    const back = await school.connect()
    const { resumeToken } = first.entry
    expect(await back.refused('resume', { resumeToken })).toBe('resume-unknown')
    expect(await back.refused('join', { ticket: older })).toBe('ticket-revoked')
    school.clock.advance(1_000)
    await back.request('join', { ticket: await school.issuer.ticket(own) })
  })

  test('an ended class sends everyone away and lets nobody in', async () => {
    const cls = randomUUID()
    const members = [await school.join({ cls, role: 'teacher' }), await school.join({ cls })]
    expect(await school.command({ cmd: 'end-class', cls })).toBe(200)
    for (const { client } of members) {
      expect(await client.told('classEnded')).toEqual({ reason: 'ended-by-teacher' })
      expect(await client.closed()).toBe(closeCodes.classEnded)
    }
    const late = await school.connect()
    expect(await late.refused('join', { ticket: await school.issuer.ticket({ cls }) })).toBe(
      'class-ended',
    )
  })

  test('a class that ended before anyone was in it is not opened by an older ticket', async () => {
    const cls = randomUUID()
    const ticket = await school.issuer.ticket({ cls })
    expect(await school.command({ cmd: 'end-class', cls })).toBe(200)
    const client = await school.connect()
    expect(await client.refused('join', { ticket })).toBe('class-ended')
    const racing = randomUUID()
    const other = await school.connect()
    const opening = other.send('join', { ticket: await school.issuer.ticket({ cls: racing }) })
    await school.command({ cmd: 'end-class', cls: racing })
    await opening
    const { body } = await school.internal('GET', '/internal/classes')
    const { classes } = internalClassesSchema.parse(body)
    const endedAt = school.clock.now()
    expect(classes.filter(({ id }) => id === racing)).toMatchObject([{ endedAt }])
  })

  test('changed readings are told to all, and held against older tickets', async () => {
    const cls = randomUUID()
    const older = await school.issuer.ticket({ cls })
    const { client } = await school.join({ cls })
    school.clock.advance(2_000)
    const readings = { readings: 'expression', interval: 5 }
    expect(await school.command({ cmd: 'readings', cls, ...readings })).toBe(200)
    const told = { readings: 'expression', intervalSeconds: 5 }
    expect(await client.told('readings')).toEqual(told)
    const late = await school.connect()
    const entry = await late.enter(older)
    expect(entry.class).toMatchObject(told)
  })

  test('a command that is used, forged, or for nobody', async () => {
    const command = await school.issuer.command({ cmd: 'end-class', cls: randomUUID() })
    const post = async (body: string) =>
      (await school.internal('POST', '/internal/command', body)).status
    expect(await post(command)).toBe(200)
    expect(await post(command)).toBe(409)
    expect(await post(`${command.slice(0, -4)}AAAA`)).toBe(403)
    expect(await post(await school.issuer.ticket())).toBe(403)
    expect(await post('x'.repeat(70_000))).toBe(413)
    expect(await school.command({ cmd: 'rm -rf', cls: randomUUID() })).toBe(403)
  })

  test('health and classes are told', async () => {
    expect(await school.internal('GET', '/internal/health')).toEqual({
      status: 200,
      body: { status: 'ok', workers: { running: 1, wanted: 1 } },
    })
    expect((await school.internal('GET', '/internal/secrets')).status).toBe(404)
    const cls = randomUUID()
    await school.join({ cls })
    const { body } = await school.internal('GET', '/internal/classes')
    const { classes } = internalClassesSchema.parse(body)
    expect(classes.find(({ id }) => id === cls)).toEqual({
      id: cls,
      members: { teacher: 0, student: 1, guest: 0 },
      teacherAbsentSince: school.clock.now(),
      endedAt: null,
    })
  })
})

test('a class ends by itself ten minutes after its last teacher left, not before', async () => {
  const cls = randomUUID()
  const student = await school.join({ cls })
  const first = await school.join({ cls, role: 'teacher' })
  school.clock.advance(60 * 60_000)
  await first.client.request('leave', {})
  school.clock.advance(9 * 60_000)
  const second = await school.join({ cls, role: 'teacher' })
  school.clock.advance(9 * 60_000)
  await second.client.request('leave', {})
  school.clock.advance(10 * 60_000 - 1)
  await student.client.request('createTransport', { direction: 'recv' })
  school.clock.advance(1)
  expect(await student.client.told('classEnded')).toEqual({ reason: 'no-teacher' })
  const endedAt = school.clock.now()
  const { body } = await school.internal('GET', '/internal/classes')
  const { classes } = internalClassesSchema.parse(body)
  expect(classes.find(({ id }) => id === cls)?.endedAt).toBe(endedAt)
})
