/** The start-up check against a real media worker, under right and wrong addresses. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../clock.ts'
import { createLogger } from '../log.ts'
import { checkReach, type Reach, reportReach } from './reach-check.ts'
import { WorkerPool } from './worker-pool.ts'

const PORT = 14_291
let pool: WorkerPool

beforeAll(async () => {
  pool = await WorkerPool.start({
    workers: 1,
    mediaPort: PORT,
    workerBin: process.env['MEDIASOUP_WORKER_BIN'] ?? null,
    announcedAddresses: ['127.0.0.1'],
    listenAddress: '127.0.0.1',
    interfaces: {},
    clock: systemClock,
    log: createLogger('silent'),
  })
})

afterAll(() => {
  pool.close()
})

const reachOf = (announcedAddress: string, port = PORT): Promise<Reach> =>
  checkReach({ pool, announcedAddress, port })

/** What is written down of it. */
function said(reach: Reach, announcedAddress: string): string {
  const lines: string[] = []
  const log = createLogger('warn', { write: (line) => lines.push(line) })
  const own = new Set(['127.0.0.3'])
  reportReach(reach, { announcedAddress, port: PORT }, { own, log })
  return lines.join('')
}

test('the right address answers over UDP and TCP, and nothing is said', async () => {
  const reach = await reachOf('127.0.0.1')
  expect(reach).toEqual({ address: '127.0.0.1', udp: true, tcp: true })
  expect(said(reach, '127.0.0.1')).toBe('')
})

test('an own address that the port is not open on is named with the fix', async () => {
  const reach = await reachOf('127.0.0.3')
  expect(reach).toEqual({ address: '127.0.0.3', udp: false, tcp: false })
  expect(said(reach, '127.0.0.3')).toMatch(/UDP and TCP.*SFU_LISTEN_ADDRESS/)
})

test('another machine’s address, and a name without one, name ANNOUNCED_ADDRESS', async () => {
  const elsewhere = await reachOf('127.0.0.4')
  expect(elsewhere).toMatchObject({ udp: false, tcp: false })
  expect(said(elsewhere, '127.0.0.4')).toContain('"setting":"ANNOUNCED_ADDRESS"')
  const nowhere = await reachOf('media.invalid')
  expect(nowhere.address).toBeNull()
  expect(said(nowhere, 'media.invalid')).toContain('a name without an address')
})
