/** Figures for Prometheus, over the internal listener: true, and of nobody. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MESSAGE_BURST } from '../protocol/index.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let school: TestServer

beforeAll(async () => {
  school = await startTestServer()
})

afterAll(async () => {
  await school.close()
})

async function figures(): Promise<string> {
  const response = await fetch(
    `${new URL(school.url.replace('ws:', 'http:')).origin}/internal/metrics`,
  )
  expect(response.headers.get('content-type')).toContain('version=0.0.4')
  return await response.text()
}

test('count what there is and what went wrong, and name nobody', async () => {
  const cls = randomUUID()
  const [teacher, student] = [randomUUID(), randomUUID()]
  await school.join({ cls, sub: teacher, role: 'teacher', name: 'Quentin' })
  const { client, entry } = await school.join({ cls, sub: student, name: 'Zenobia' })
  await client.refused('setRules', { locked: true })
  const before = await figures()
  expect(before).toContain('attune_sfu_classes 1\n')
  expect(before).toContain('attune_sfu_members{role="teacher"} 1\n')
  expect(before).toContain('attune_sfu_members{role="student"} 1\n')
  expect(before).toContain('attune_sfu_connections 2\n')
  expect(before).toContain('attune_sfu_refused_total{code="not-allowed"} 1\n')
  expect(before).toMatch(/attune_sfu_worker_running\{port="\d+"\} 1\n/)
  for (let id = 1_000; id < 1_000 + MESSAGE_BURST * 2; id += 1) {
    client.socket.send(JSON.stringify({ id, method: 'restartIce', data: { transportId: 'x' } }))
  }
  await client.closed()
  await expect.poll(figures).toContain('attune_sfu_cut_off_total{reason="message-rate"} 1\n')
  const [pid] = school.server.pool.pids
  if (pid === undefined) throw new Error('no worker')
  process.kill(pid, 'SIGKILL')
  await expect.poll(figures).toContain('attune_sfu_worker_deaths_total 1\n')
  for (const secret of [cls, teacher, student, entry.memberId, 'Quentin', 'Zenobia']) {
    expect(await figures()).not.toContain(secret)
  }
})
