import { afterEach, expect, test } from 'vitest'
import { internalLoadSchema } from '../protocol/load.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let open: TestServer | null = null
afterEach(async () => {
  await open?.close()
  open = null
})

test('tells how busy the node and its workers are, and names nobody', async () => {
  const server = (open = await startTestServer())
  const { entry } = await server.join({ name: 'Ada' })
  const { status, body } = await server.internal('GET', '/internal/load')
  expect(status).toBe(200)
  const load = internalLoadSchema.parse(body)
  expect(load).toMatchObject({ classes: 1, members: 1 })
  expect(load.workers).toHaveLength(1)
  const [worker] = load.workers
  expect(worker).toMatchObject({ running: true, routers: 1 })
  expect(worker?.cpuMilliseconds).toBeGreaterThan(0)
  expect(worker?.memoryBytes).toBeGreaterThan(1_000_000)
  const text = JSON.stringify(body)
  for (const secret of ['Ada', entry.memberId, entry.class.id]) expect(text).not.toContain(secret)
})
