import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLogger } from './log.ts'
import { opus } from './testing/fake-media.ts'
import { startTestServer, type TestServer } from './testing/test-server.ts'

let school: TestServer
const lines: string[] = []

beforeAll(async () => {
  const log = createLogger('trace', { write: (line: string) => lines.push(line) })
  school = await startTestServer({}, log)
})

afterAll(async () => {
  await school.close()
})

test('a log at its most talkative names nobody and repeats nothing that was sent', async () => {
  const [cls, sub] = [randomUUID(), randomUUID()]
  const ticket = await school.issuer.ticket({ cls, sub, name: 'Zenobia Private' })
  const client = await school.connect({ headers: { 'x-forwarded-for': '203.0.113.99' } })
  const entry = await client.enter(ticket)
  const teacher = await school.join({ cls, role: 'teacher', name: 'Quentin Private' })
  const box = Buffer.from('a sealed receipt').toString('base64url')
  await teacher.client.request('sendReceipt', { to: entry.memberId, box })
  await client.refused('sendReceipt', { to: teacher.entry.memberId, box })
  await client.refused('join', { ticket })
  await client.refused('renew', { ticket })
  await client.refused('renew', { ticket: 'not.a.ticket' })
  const { transportId } = await client.request('createTransport', { direction: 'send' })
  const unusable = { ...opus(1), mid: 'Zenobia', codecs: [{ ...opus(1).codecs[0], channels: 9 }] }
  const produce = { transportId, kind: 'audio', source: 'microphone', rtpParameters: unusable }
  expect(await client.refused('produce', produce)).toBe('media-refused')
  await school.command({ cmd: 'revoke', cls, sub })
  await client.closed()
  await school.command({ cmd: 'end-class', cls })

  const log = lines.join('')
  expect(log).toContain('"code":"media-refused"')
  expect(log).toContain(cls)
  const secrets = [
    sub,
    entry.memberId,
    entry.resumeToken,
    teacher.entry.memberId,
    teacher.entry.members[1]?.accountId,
    'Zenobia',
    'Quentin',
    'Private',
    '203.0.113.99',
    ticket,
    ticket.split('.')[1],
    box,
  ]
  for (const secret of secrets) expect(log).not.toContain(secret)
})
