import { networkInterfaces } from 'node:os'
import type { types } from 'mediasoup'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createLogger } from '../log.ts'
import { RECORD_BURST, RECORD_BYTES, RECORD_EXCESS_LIMIT } from '../protocol/index.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { RecordBudget } from './record-budget.ts'
import { RecordRelay } from './record-relay.ts'
import { WorkerPool } from './worker-pool.ts'

/** Direct transports stand in for browsers here; SCTP itself is tested with real ones. */
let pool: WorkerPool
let router: types.Router
let relay: RecordRelay
let browsers: types.DirectTransport
let received: Buffer[]
const clock = new ManualClock()

beforeAll(async () => {
  pool = await WorkerPool.start({
    workers: 1,
    mediaPort: 14_190,
    workerBin: process.env['MEDIASOUP_WORKER_BIN'] ?? null,
    announcedAddresses: [],
    listenAddress: '127.0.0.1',
    interfaces: networkInterfaces(),
    clock,
    log: createLogger('silent'),
  })
})

afterAll(() => {
  pool.close()
})

beforeEach(async () => {
  router = (await pool.createRouter(() => undefined)).router
  relay = await RecordRelay.open(router)
  browsers = await router.createDirectTransport()
  const teacher = await browsers.consumeData({ dataProducerId: relay.outletId })
  received = []
  teacher.on('message', (message) => received.push(message))
})

async function student(id: number) {
  const dataProducer = await browsers.produceData()
  const offences: string[] = []
  const sender = Buffer.alloc(16, id)
  const budget = new RecordBudget(clock)
  await relay.attach({ dataProducer, sender, budget, onOffence: (code) => offences.push(code) })
  return { dataProducer, offences, sender, budget }
}

const record = (fill: number): Buffer => Buffer.alloc(RECORD_BYTES, fill)

/** Waits until something sent after everything else has arrived. */
async function settled(): Promise<void> {
  const { dataProducer } = await student(255)
  const last = record(254)
  dataProducer.send(last)
  await expect.poll(() => received.some((message) => message.subarray(16).equals(last))).toBe(true)
}

test("a record arrives with its sender's member id before it", async () => {
  const ada = await student(1)
  const bob = await student(2)
  ada.dataProducer.send(record(10))
  bob.dataProducer.send(record(20))
  await expect.poll(() => received.length).toBe(2)
  const bySender = received.toSorted((a, b) => a.compare(b))
  expect(bySender[0]).toEqual(Buffer.concat([ada.sender, record(10)]))
  expect(bySender[1]).toEqual(Buffer.concat([bob.sender, record(20)]))
})

test.each([0, 1, 255, 257, 1_024])(
  'a message of %d bytes closes its channel alone',
  async (size) => {
    const ada = await student(1)
    const bob = await student(2)
    ada.dataProducer.send(Buffer.alloc(size, 9))
    await expect.poll(() => ada.offences).toEqual(['record-size'])
    expect(ada.dataProducer.closed).toBe(true)
    bob.dataProducer.send(record(20))
    await expect.poll(() => received).toEqual([Buffer.concat([bob.sender, record(20)])])
  },
)

test('a flood is thinned, then its channel closed; others arrive', async () => {
  const ada = await student(1)
  for (let count = 0; count < RECORD_BURST + RECORD_EXCESS_LIMIT + 1; count += 1) {
    ada.dataProducer.send(record(10))
  }
  await expect.poll(() => ada.offences).toEqual(['record-rate'])
  expect(ada.dataProducer.closed).toBe(true)
  await settled()
  const fromAda = received.filter((message) => message.subarray(0, 16).equals(ada.sender))
  expect(fromAda).toHaveLength(RECORD_BURST)
})
