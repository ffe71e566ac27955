import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeCodes, MAX_MEMBERSHIPS_OF_ACCOUNT } from '../protocol/index.ts'
import { SignalingClient } from '../testing/signaling-client.ts'
import { createTicketIssuer } from '../testing/ticket-issuer.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let school: TestServer

beforeAll(async () => {
  school = await startTestServer()
})

afterAll(async () => {
  await school.close()
})

describe('tickets', () => {
  test('a good ticket makes a member, who learns of the class and of the others', async () => {
    const cls = randomUUID()
    const crs = randomUUID()
    const teacher = await school.join({ cls, crs, role: 'teacher', name: 'Tea Cher' })
    const student = await school.join({ cls, crs, name: 'Stu Dent' })

    expect(student.entry.role).toBe('student')
    expect(student.entry.now).toBe(school.clock.now())
    expect(student.entry.class).toMatchObject({ id: cls, courseId: crs, readings: 'check-ins' })
    expect(student.entry.members.map(({ name }) => name)).toEqual(['Tea Cher', 'Stu Dent'])
    expect(student.entry.writerMemberId).toBe(teacher.entry.memberId)
    expect(student.entry.routerRtpCapabilities.codecs?.map(({ mimeType }) => mimeType)).toEqual([
      'audio/opus',
      'video/VP8',
      'video/rtx',
    ])
    const { member } = await teacher.client.told('memberJoined')
    expect(member).toMatchObject({ memberId: student.entry.memberId, connected: true })
    expect((await student.client.told('clock')).now).toBe(school.clock.now())
  })

  test('the clock is told to whoever asks', async () => {
    const { client } = await school.join({ role: 'guest' })
    school.clock.advance(12_345)
    expect(await client.request('readClock', {})).toEqual({ now: school.clock.now() })
  })

  test('the clock is told again each minute', async () => {
    const { client } = await school.join()
    school.clock.advance(60_000)
    const now = school.clock.now()
    await client.told('clock', (told) => told.now > now - 60_000)
  })

  test('one that another key signed is invalid', async () => {
    const forger = await createTicketIssuer(school.clock)
    const client = await school.connect()
    expect(await client.refused('join', { ticket: await forger.ticket() })).toBe('ticket-invalid')
  })

  test('one whose signature was cut off or whose claims were changed is invalid', async () => {
    const client = await school.connect()
    const ticket = await school.issuer.ticket()
    const [head, , signature] = ticket.split('.')
    const [, claims] = (await school.issuer.ticket({ role: 'teacher' })).split('.')
    expect(await client.refused('join', { ticket: `${ticket.slice(0, -4)}AAAA` })).toBe(
      'ticket-invalid',
    )
    expect(await client.refused('join', { ticket: [head, claims, signature].join('.') })).toBe(
      'ticket-invalid',
    )
  })

  test('an unsigned one is invalid', async () => {
    const [, claims] = (await school.issuer.ticket()).split('.')
    const head = Buffer.from('{"alg":"none"}').toString('base64url')
    const client = await school.connect()
    expect(await client.refused('join', { ticket: `${head}.${String(claims)}.` })).toBe(
      'ticket-invalid',
    )
  })

  test('an expired one is refused once the leeway is over, not before', async () => {
    const late = await school.issuer.ticket()
    const tooLate = await school.issuer.ticket()
    school.clock.advance(119_000)
    const first = await school.connect()
    await first.request('join', { ticket: late })
    school.clock.advance(2_000)
    const second = await school.connect()
    expect(await second.refused('join', { ticket: tooLate })).toBe('ticket-expired')
  })

  test('a used one is refused, for joining and for renewing', async () => {
    const ticket = await school.issuer.ticket()
    const first = await school.connect()
    await first.request('join', { ticket })
    const second = await school.connect()
    expect(await second.refused('join', { ticket })).toBe('ticket-used')
    expect(await first.refused('renew', { ticket })).toBe('ticket-used')
  })

  test.each([
    ['for another audience', { aud: 'https://elsewhere.example' }, 'ticket-mismatch'],
    ['for another node', { node: 'other' }, 'ticket-mismatch'],
    ['by another issuer', { iss: 'someone' }, 'ticket-invalid'],
    ['with too short an identity', { jti: 'short' }, 'ticket-invalid'],
    ['with an unknown role', { role: 'owner' }, 'ticket-invalid'],
    ['with an endless name', { name: 'x'.repeat(500) }, 'ticket-invalid'],
    ['with an account that is no id', { sub: 'root' }, 'ticket-invalid'],
    ['that lives for a day', { exp: 4_000_000_000 }, 'ticket-invalid'],
  ])('one %s is refused', async (_, claims, code) => {
    const client = await school.connect()
    expect(await client.refused('join', { ticket: await school.issuer.ticket(claims) })).toBe(code)
  })

  test('an internal command is no ticket', async () => {
    const client = await school.connect()
    const ticket = await school.issuer.command({ cmd: 'end-class', cls: randomUUID() })
    expect(await client.refused('join', { ticket })).toBe('ticket-mismatch')
  })

  test('a third refusal closes the connection', async () => {
    const client = await school.connect()
    await client.refused('join', { ticket: 'a' })
    await client.refused('resume', { resumeToken: 'A'.repeat(43) })
    await client.refused('join', {})
    expect(await client.closed()).toBe(closeCodes.notJoined)
  })

  test('who does not join in time is sent away', async () => {
    const client = await school.connect()
    await client.refused('leave', {})
    school.clock.advance(15_000)
    expect(await client.closed()).toBe(closeCodes.notJoined)
  })
})

describe('renewal', () => {
  test('takes over a new name and tells the others', async () => {
    const cls = randomUUID()
    const sub = randomUUID()
    const other = await school.join({ cls })
    const { client, entry } = await school.join({ cls, sub })
    await client.request('renew', {
      ticket: await school.issuer.ticket({ cls, sub, name: 'New Name' }),
    })
    const { member } = await other.client.told('memberUpdated')
    expect(member).toMatchObject({ memberId: entry.memberId, name: 'New Name' })
  })

  test.each([
    ['another account', { sub: randomUUID() }],
    ['another class', { cls: randomUUID() }],
    ['another role', { role: 'teacher' }],
  ])('with a ticket for %s is refused and changes nothing', async (_, change) => {
    const own = { cls: randomUUID(), sub: randomUUID() }
    const { client } = await school.join(own)
    const ticket = await school.issuer.ticket({ ...own, ...change })
    expect(await client.refused('renew', { ticket })).toBe('ticket-mismatch')
    expect(await client.refused('consumeRecords', { transportId: 'x' })).toBe('not-allowed')
  })
})

describe('resuming', () => {
  test('within the grace period keeps the membership and its transports', async () => {
    const cls = randomUUID()
    const other = await school.join({ cls })
    const { client, entry } = await school.join({ cls })
    const { transportId } = await client.request('createTransport', { direction: 'send' })
    client.socket.terminate()
    await other.client.told('memberUpdated', ({ member }) => !member.connected)
    school.clock.advance(29_000)

    const back = await school.connect()
    const resumed = await back.request('resume', { resumeToken: entry.resumeToken })
    expect(resumed.memberId).toBe(entry.memberId)
    expect(resumed.transports).toEqual([transportId])
    await other.client.told('memberUpdated', ({ member }) => member.connected)
    school.clock.advance(60_000)
    expect(await back.request('restartIce', { transportId })).toHaveProperty('iceParameters')
    expect(other.client.allTold('memberLeft')).toEqual([])
  })

  test('after it is refused, and the others saw the member leave', async () => {
    const cls = randomUUID()
    const other = await school.join({ cls })
    const { client, entry } = await school.join({ cls })
    client.socket.terminate()
    await other.client.told('memberUpdated', ({ member }) => !member.connected)
    school.clock.advance(30_000)
    expect(await other.client.told('memberLeft')).toEqual({ memberId: entry.memberId })
    const back = await school.connect()
    expect(await back.refused('resume', { resumeToken: entry.resumeToken })).toBe('resume-unknown')
  })

  test('ends a connection that still stands, which then interrupts nothing', async () => {
    const cls = randomUUID()
    const other = await school.join({ cls })
    const { client, entry } = await school.join({ cls })
    const back = await school.connect()
    await back.request('resume', { resumeToken: entry.resumeToken })
    expect(await client.closed()).toBe(closeCodes.replaced)
    school.clock.advance(31_000)
    await back.request('createTransport', { direction: 'recv' })
    expect(other.client.allTold('memberLeft')).toEqual([])
  })

  test('with an invented token, or one of a member who left, is refused', async () => {
    const { client, entry } = await school.join()
    await client.request('leave', {})
    expect(await client.closed()).toBe(closeCodes.membershipEnded)
    const back = await school.connect()
    expect(await back.refused('resume', { resumeToken: entry.resumeToken })).toBe('resume-unknown')
    expect(await back.refused('resume', { resumeToken: 'A'.repeat(43) })).toBe('resume-unknown')
  })
})

describe('several devices of one account', () => {
  test('are members of their own', async () => {
    const own = { cls: randomUUID(), sub: randomUUID() }
    const first = await school.join(own)
    const second = await school.join(own)
    expect(second.entry.memberId).not.toBe(first.entry.memberId)
    expect(second.entry.members).toHaveLength(2)
    await first.client.request('createTransport', { direction: 'send' })
  })

  test('are limited; an interrupted one yields first', async () => {
    const own = { cls: randomUUID(), sub: randomUUID() }
    const watcher = await school.join({ cls: own.cls })
    const members = []
    for (let count = 0; count < MAX_MEMBERSHIPS_OF_ACCOUNT; count += 1) {
      members.push(await school.join(own))
    }
    const extra = await school.connect()
    expect(await extra.refused('join', { ticket: await school.issuer.ticket(own) })).toBe(
      'too-many-devices',
    )
    members[1]?.client.socket.terminate()
    await watcher.client.told('memberUpdated', ({ member }) => !member.connected)
    await extra.request('join', { ticket: await school.issuer.ticket(own) })
    expect(await watcher.client.told('memberLeft')).toEqual({
      memberId: members[1]?.entry.memberId,
    })
  })
})

describe('the door', () => {
  test('opens at the path of the node alone, and to no other origin', async () => {
    const elsewhere = school.url.replace(/[^/]+$/, 'other')
    await expect(SignalingClient.open(elsewhere)).rejects.toThrow('404')
    await expect(school.connect({ headers: { origin: 'https://evil.example' } })).rejects.toThrow(
      '403',
    )
    const client = await school.connect({ headers: { origin: 'https://school.example' } })
    expect(await client.refused('leave', {})).toBe('not-joined')
  })
})

test('a half-open connection is found by its silence', async () => {
  const heartbeat = 10_000
  const quick = await startTestServer({ heartbeat })
  try {
    const cls = randomUUID()
    const other = await quick.join({ cls })
    // A peer that is gone without a word answers no ping.
    const { entry } = await quick.join({ cls }, { autoPong: false })
    const pinged = new Promise((resolve) => other.client.socket.once('ping', resolve))
    quick.clock.advance(heartbeat)
    await pinged
    await other.client.request('createTransport', { direction: 'recv' })
    quick.clock.advance(heartbeat)
    const { member } = await other.client.told('memberUpdated')
    expect(member).toMatchObject({ memberId: entry.memberId, connected: false })
  } finally {
    await quick.close()
  }
})
