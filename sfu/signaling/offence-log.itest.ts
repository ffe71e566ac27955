/** One who is cut off leaves a line in the log that names the reason and the class, and nobody. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLogger } from '../log.ts'
import { MESSAGE_BURST } from '../protocol/index.ts'
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
