/**
 * One who is cut off leaves a line in the log that names the reason and the class, and nobody; the
 * offender alone is held back.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLogger } from '../log.ts'
import { MESSAGE_BURST, RECORD_BYTES, RECORD_OFFENCE_LIMIT } from '../protocol/index.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let school: TestServer
const lines: string[] = []

beforeAll(async () => {
  school = await startTestServer({}, createLogger('info', { write: (line) => lines.push(line) }))
})

afterAll(async () => {
  await school.close()
})

test('a flood is written down with its reason and its class', async () => {
  const cls = randomUUID()
  const sub = randomUUID()
  const { client, entry } = await school.join({ cls, sub, name: 'Zenobia' })
  for (let id = 1_000; id < 1_000 + MESSAGE_BURST * 2; id += 1) {
    client.socket.send(JSON.stringify({ id, method: 'restartIce', data: { transportId: 'x' } }))
  }
  await client.closed()
  const line = lines.find((one) => one.includes('connection cut off')) ?? '{}'
  expect(JSON.parse(line)).toMatchObject({ level: 40, reason: 'message-rate', class: cls })
  for (const secret of [sub, entry.memberId, 'Zenobia'])
    expect(lines.join('')).not.toContain(secret)
})

test('one who reads nothing is written down so, and costs no more memory than the limit', async () => {
  const cls = randomUUID()
  const teacher = await school.join({ cls, role: 'teacher' })
  const { client, entry } = await school.join({ cls, name: 'Zenobia' })
  client.socket.pause()
  const before = process.memoryUsage().rss
  const box = 'A'.repeat(16_000)
  const isCutOff = (): boolean => teacher.client.allTold('memberUpdated').length > 0
  for (let count = 0; count < 5_000 && !isCutOff(); count += 1) {
    if (count % 50 === 0) school.clock.advance(1_000)
    await teacher.client.request('sendReceipt', { to: entry.memberId, box })
  }
  expect(isCutOff()).toBe(true)
  const line = lines.find((one) => one.includes('slow-reader')) ?? '{}'
  expect(JSON.parse(line)).toMatchObject({ msg: 'connection cut off', class: cls })
  expect(lines.join('')).not.toContain(entry.memberId)
  expect((process.memoryUsage().rss - before) / 1_048_576).toBeLessThan(150)
})

test('a record channel that was misused too often is refused to that member, and to no other', async () => {
  const cls = randomUUID()
  const [ada, bob] = [await school.join({ cls }), await school.join({ cls })]
  const open = async ({ client }: typeof ada) => {
    const { transportId } = await client.request('createTransport', { direction: 'send' })
    const sctpStreamParameters = { streamId: 1, ordered: true }
    const answer = await client.send('produceData', { transportId, sctpStreamParameters })
    await client.request('closeTransport', { transportId })
    return answer.ok ? null : answer.error.code
  }
  const budget = school.server.registry
    .find(ada.entry.class.id)
    ?.member(ada.entry.memberId)?.records
  for (let offences = 0; offences < RECORD_OFFENCE_LIMIT; offences += 1) {
    // Each closes its channel; another may be opened until it is enough.
    expect(await open(ada)).toBeNull()
    expect(budget?.judge(RECORD_BYTES + 1)).toBe('record-size')
  }
  expect(await open(ada)).toBe('record-channel-barred')
  expect(await open(bob)).toBeNull()
  // A new connection of the same membership is no way around it.
  ada.client.socket.terminate()
  const client = await school.connect()
  await client.request('resume', { resumeToken: ada.entry.resumeToken })
  expect(await open({ client, entry: ada.entry })).toBe('record-channel-barred')
})
