import { describe, expect, test } from 'vitest'
import { closeCodes, type Notification } from '../../../sfu/protocol/index.ts'
import { RefusedError } from '../errors.ts'
import { createManualTimers, settle } from '../testing/manual-timers.ts'
import { ENTRY } from '../testing/protocol-parts.ts'
import { createScriptedServer, ok, refuse } from '../testing/scripted-server.ts'
import { type CallEnd, Session } from './session.ts'

function visit() {
  const timers = createManualTimers()
  const server = createScriptedServer(ENTRY)
  const seen = {
    entered: [] as ('joined' | 'resumed')[],
    connected: [] as boolean[],
    ends: [] as CallEnd[],
    notifications: [] as Notification[],
    waits: 0,
    tickets: 0,
  }
  const settings = {
    ticket: (): Promise<{ ticket: string; signalingUrl: string }> =>
      Promise.resolve({ ticket: `ticket-${seen.tickets}`, signalingUrl: '/signaling/local' }),
  }
  const session = new Session({
    timers,
    openSocket: server.openSocket,
    fetchTicket: () => {
      seen.tickets += 1
      return settings.ticket()
    },
    onEntered: (_entry, resumed) => seen.entered.push(resumed === null ? 'joined' : 'resumed'),
    onConnection: (connected) => seen.connected.push(connected),
    onEnded: (end) => seen.ends.push(end),
    onWaiting: () => {
      seen.waits += 1
    },
    onNotification: (notification) => seen.notifications.push(notification),
  })
  const methods = (): string[] =>
    server.connections.flatMap(({ asked }) => asked.map(({ method }) => method))
  return { timers, server, seen, session, settings, methods }
}

async function joined() {
  const all = visit()
  all.session.start()
  await settle()
  expect(all.seen.entered).toEqual(['joined'])
  return all
}

/** A visit whose ticket is late, and that asked for another one since the network is back. */
async function hurried() {
  const all = visit()
  const { session, settings } = all
  const { ticket } = settings
  const late = Promise.withResolvers<{ ticket: string; signalingUrl: string }>()
  settings.ticket = () => late.promise
  session.start()
  await settle()
  settings.ticket = ticket
  session.hurry()
  await settle()
  return { ...all, late }
}

describe('Session', () => {
  test('enters with a ticket in the first message, and no ticket in the address', async () => {
    const { server } = await joined()
    expect(server.connections[0]?.url).toBe('/signaling/local')
    expect(server.connections[0]?.asked).toEqual([{ method: 'join', data: { ticket: 'ticket-1' } }])
  })

  test('resumes the same membership after a cut, without a new ticket', async () => {
    const { server, seen, timers } = await joined()
    server.connections[0]?.drop()
    expect(seen.connected).toEqual([true, false])
    await timers.advance(1_000)
    expect(seen.entered).toEqual(['joined', 'resumed'])
    expect(seen.tickets).toBe(1)
    expect(server.connections[1]?.asked).toEqual([
      { method: 'resume', data: { resumeToken: ENTRY.resumeToken } },
    ])
  })

  test('keeps trying with growing pauses while nothing answers, and never gives up', async () => {
    const { server, timers, seen } = await joined()
    server.reachable = false
    server.connections[0]?.drop()
    await timers.advance(60_000)
    const attempts = server.connections.length - 1
    expect(attempts).toBeGreaterThan(5)
    await timers.advance(60_000)
    const later = server.connections.length - 1 - attempts
    expect(later).toBeLessThanOrEqual(25)
    expect(seen.ends).toEqual([])
    server.reachable = true
    await timers.advance(5_000)
    expect(seen.entered.at(-1)).toBe('resumed')
  })

  test('enters anew with a fresh ticket when the membership is gone', async () => {
    const { server, timers, seen, methods } = await joined()
    server.answer = (method) => (method === 'resume' ? refuse('resume-unknown') : ok(ENTRY))
    server.connections[0]?.drop()
    // The pause before the resume; none follows.
    await timers.advance(250)
    expect(seen.entered).toEqual(['joined', 'joined'])
    expect(seen.tickets).toBe(2)
    expect(methods()).toEqual(['join', 'resume', 'join'])
  })

  test.each([
    ['class-ended', 'class-ended'],
    ['class-full', 'refused'],
    ['class-locked', 'refused'],
    ['removed-from-class', 'refused'],
    ['too-many-devices', 'refused'],
  ])('ends when the media server refuses with %s', async (code, reason) => {
    const { server, session, seen, timers } = visit()
    server.answer = () => refuse(code)
    session.start()
    await timers.advance(60_000)
    expect(seen.ends).toEqual([{ reason, code }])
    expect(server.connections).toHaveLength(1)
  })

  test('fetches another ticket when one came too late, but not for ever', async () => {
    const { server, session, seen, timers } = visit()
    let refusals = 0
    server.answer = () => (refusals++ < 2 ? refuse('ticket-expired') : ok(ENTRY))
    session.start()
    await timers.advance(10_000)
    expect(seen.entered).toEqual(['joined'])
    expect(seen.tickets).toBe(3)

    const unlucky = visit()
    unlucky.server.answer = () => refuse('ticket-invalid')
    unlucky.session.start()
    await unlucky.timers.advance(60_000)
    expect(unlucky.seen.ends).toEqual([{ reason: 'refused', code: 'ticket-invalid' }])
  })

  test('tries again where a ticket is as old as the change of role that refused it', async () => {
    const { server, session, seen, timers } = visit()
    let refusals = 0
    server.answer = () => (refusals++ < 4 ? refuse('ticket-revoked') : ok(ENTRY))
    session.start()
    await timers.advance(10_000)
    expect([seen.entered, seen.tickets]).toEqual([['joined'], 5])

    const revoked = visit()
    revoked.server.answer = () => refuse('ticket-revoked')
    revoked.session.start()
    await revoked.timers.advance(60_000)
    expect(revoked.seen.ends).toEqual([{ reason: 'refused', code: 'ticket-revoked' }])
  })

  test('waits at the door, and enters with another ticket over the same connection', async () => {
    const { server, session, seen, methods } = visit()
    let open = false
    server.answer = () => (open ? ok(ENTRY) : ok({ waiting: true }))
    session.start()
    await settle()
    expect([seen.waits, seen.entered, seen.connected]).toEqual([1, [], [true]])
    open = true
    server.connections[0]?.notify('admitted', {})
    await settle()
    expect([seen.tickets, seen.entered, methods()]).toEqual([2, ['joined'], ['join', 'join']])
    expect(server.connections).toHaveLength(1)
  })

  test('knocks again after a cut, and ends when it is declined', async () => {
    const { server, session, seen, timers } = visit()
    server.answer = () => ok({ waiting: true })
    session.start()
    await settle()
    server.connections[0]?.drop()
    await timers.advance(2_000)
    expect([seen.waits, seen.tickets]).toEqual([2, 2])
    server.connections[1]?.notify('declined', {})
    await timers.advance(60_000)
    expect(seen.ends).toEqual([{ reason: 'refused', code: 'declined' }])
  })

  test('ends when web refuses a ticket, and tries again when web is silent', async () => {
    const refused = visit()
    refused.settings.ticket = () => Promise.reject(new RefusedError('not-signed-in', 'no'))
    refused.session.start()
    await refused.timers.advance(10_000)
    expect(refused.seen.ends).toEqual([{ reason: 'refused', code: 'not-signed-in' }])

    const silent = visit()
    const { ticket } = silent.settings
    silent.settings.ticket = () => Promise.reject(new TypeError('failed to fetch'))
    silent.session.start()
    await silent.timers.advance(2_000)
    silent.settings.ticket = ticket
    await silent.timers.advance(5_000)
    expect(silent.seen.entered).toEqual(['joined'])
    expect(silent.seen.ends).toEqual([])
  })

  test('renews the ticket every five minutes', async () => {
    const { timers, methods, server } = await joined()
    // The class's clock keeps the connection from looking dead.
    for (let minute = 0; minute < 11; minute += 1) {
      server.connections[0]?.notify('clock', { now: 1 })
      await timers.advance(60_000)
    }
    expect(methods()).toEqual(['join', 'renew', 'renew'])
  })

  test('leaves when web refuses a renewal, since web cannot show out whom it does not know', async () => {
    const { settings, timers, methods, server, seen } = await joined()
    settings.ticket = () => Promise.reject(new RefusedError('not-signed-in', 'no'))
    for (let minute = 0; minute < 6; minute += 1) {
      server.connections[0]?.notify('clock', { now: 1 })
      await timers.advance(60_000)
    }
    expect(methods()).toEqual(['join', 'leave'])
    expect(seen.ends).toEqual([{ reason: 'refused', code: 'not-signed-in' }])
  })

  test('lets a teacher’s word go before the pictures that wait to be asked for', async () => {
    const { server, session, timers, methods } = await joined()
    const { answer } = server
    server.answer = (method, data, connection) =>
      method === 'consume' ? null : answer(method, data, connection)
    const ask = (method: 'consume' | 'muteAll') =>
      method === 'consume'
        ? session.request(method, { producerId: 'p' })
        : session.request(method, {})
    for (let count = 0; count < 600; count += 1) ask('consume').catch(() => undefined)
    const muted = ask('muteAll')
    await timers.advance(200)
    await muted
    expect(methods().filter((method) => method === 'consume').length).toBeLessThan(400)
  })

  test('goes on when a renewal is answered with anything else: web shows out whom it does not want', async () => {
    const { settings, timers, methods, server, seen } = await joined()
    settings.ticket = () => Promise.reject(new RefusedError('bad-answer', 'a page of some proxy'))
    for (let minute = 0; minute < 11; minute += 1) {
      server.connections[0]?.notify('clock', { now: 1 })
      await timers.advance(60_000)
    }
    expect(methods()).toEqual(['join'])
    expect(seen.ends).toEqual([])
  })

  test('takes a connection that is silent for too long as dead', async () => {
    const { timers, seen } = await joined()
    await timers.advance(120_000)
    expect(seen.entered).toEqual(['joined', 'resumed'])
  })

  test('takes a request without an answer as a dead connection, and resumes', async () => {
    const { server, session, timers, seen } = await joined()
    const { answer } = server
    server.answer = (method, data, connection) =>
      method === 'restartIce' ? null : answer(method, data, connection)
    const outcome = session.request('restartIce', { transportId: 't' }).catch(String)
    await timers.advance(10_000)
    expect(await outcome).toContain('restartIce')
    expect(seen.entered).toEqual(['joined', 'resumed'])
  })

  test.each([
    [closeCodes.classEnded, 'class-ended'],
    [closeCodes.membershipEnded, 'removed'],
  ])('ends on close code %s', async (code, reason) => {
    const { server, timers, seen } = await joined()
    server.connections[0]?.drop(code)
    await timers.advance(60_000)
    expect(seen.ends.map((end) => end.reason)).toEqual([reason])
    expect(server.connections).toHaveLength(1)
  })

  test('ends when it is told so, and stays ended', async () => {
    const { server, timers, seen, session } = await joined()
    server.connections[0]?.notify('classEnded', { reason: 'ended-by-teacher' })
    await timers.advance(60_000)
    await session.leave()
    expect(seen.ends).toEqual([{ reason: 'class-ended', code: 'ended-by-teacher' }])
    expect(timers.waiting).toBe(0)
  })

  test('leaves with a word, and nothing is left waiting', async () => {
    const { timers, seen, session, methods } = await joined()
    await session.leave()
    expect(methods()).toEqual(['join', 'leave'])
    expect(seen.ends).toEqual([{ reason: 'left', code: 'left' }])
    expect(timers.waiting).toBe(0)
  })

  test('ignores what makes no sense, and hands on the rest', async () => {
    const { server, seen, timers } = await joined()
    const connection = server.connections[0]
    for (const text of [
      '',
      '{',
      '[]',
      '{"id":99,"ok":true,"data":{}}',
      '{"notification":"none"}',
    ]) {
      connection?.say(text)
    }
    connection?.notify('clock', { now: 'noon' })
    connection?.notify('clock', { now: 5 })
    await timers.advance(1)
    expect(seen.notifications).toEqual([{ notification: 'clock', data: { now: 5 } }])
    expect(seen.connected).toEqual([true])
  })

  test('tries at once when the network is back', async () => {
    const { server, session, timers, seen } = await joined()
    server.reachable = false
    server.connections[0]?.drop()
    await timers.advance(30_000)
    server.reachable = true
    session.hurry()
    await settle()
    expect(seen.entered.at(-1)).toBe('resumed')
  })

  test('gives up a socket that does not open, and resumes over another', async () => {
    const { server, timers, seen } = await joined()
    server.reachable = null
    server.connections[0]?.drop()
    await timers.advance(5_000)
    expect(server.connections).toHaveLength(2)
    server.reachable = true
    await timers.advance(10_000)
    expect(server.connections).toHaveLength(3)
    expect(seen.entered).toEqual(['joined', 'resumed'])
  })

  test('drops a socket that has not opened when the network is back, and only that', async () => {
    const { server, session, timers, seen } = await joined()
    server.reachable = null
    server.connections[0]?.drop()
    await timers.advance(1_000)
    expect(server.connections).toHaveLength(2)
    server.reachable = true
    session.hurry()
    await settle()
    expect(seen.entered).toEqual(['joined', 'resumed'])
    session.hurry()
    // What becomes of the dropped one is of no interest.
    await timers.advance(15_000)
    expect(server.connections).toHaveLength(3)
    expect(seen.connected).toEqual([true, false, true])
  })

  test('leaves an attempt alone that the media server is about to answer', async () => {
    const { server, session, seen } = visit()
    server.answer = () => null
    session.start()
    await settle()
    session.hurry()
    await settle()
    expect([server.connections.length, seen.tickets]).toEqual([1, 1])
  })

  test('asks for another ticket when the network is back, and lets a late one go', async () => {
    const { server, seen, methods, late } = await hurried()
    expect(seen.entered).toEqual(['joined'])
    late.resolve({ ticket: 'late', signalingUrl: '/signaling/late' })
    await settle()
    expect([server.connections.length, methods()]).toEqual([1, ['join']])
  })

  test('lets a dropped ticket fail without a word', async () => {
    const { seen, late } = await hurried()
    late.reject(new RefusedError('not-signed-in', 'no'))
    await settle()
    expect([seen.ends, seen.connected]).toEqual([[], [true]])
  })
})
