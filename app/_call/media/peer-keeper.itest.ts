/**
 * Media that does not come about, against a real media server: whatever fails, and however often, the
 * server is left with no transport that nobody uses.
 */
import { Device } from 'mediasoup-client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Entry } from '../../../sfu/protocol/index.ts'
import type { SignalingClient } from '../../../sfu/testing/signaling-client.ts'
import { startTestServer, type TestServer } from '../../../sfu/testing/test-server.ts'
import { CallError, codeOf } from '../errors.ts'
import { createManualTimers, type ManualTimers } from '../testing/manual-timers.ts'
import { PeerKeeper } from './peer-keeper.ts'

let school: TestServer
let client: SignalingClient
let entry: Entry
let timers: ManualTimers
let signalling: boolean
let codes: string[]

beforeEach(async () => {
  school = await startTestServer()
  ;({ client, entry } = await school.join())
  timers = createManualTimers()
  signalling = true
  codes = []
})

afterEach(async () => {
  await school.close()
})

function keep(makeDevice?: () => Promise<Device>): PeerKeeper {
  return new PeerKeeper({
    request: (method, data) =>
      signalling
        ? client.request(method, data)
        : Promise.reject(new CallError('connection-closed', 'test')),
    timers,
    entry: () => entry,
    signalling: () => signalling,
    onPeer: () => undefined,
    onConnection: () => undefined,
    onError: (error) => {
      codes.push(codeOf(error))
    },
    ...(makeDevice !== undefined && { makeDevice }),
  })
}

/** The transports that the media server keeps for the one member. */
function kept(): string[] {
  return school.server.registry.find(entry.class.id)?.members[0]?.media?.transportIds ?? []
}

/** A browser that has WebRTC and makes nothing of it. */
function failingDevice(): Promise<Device> {
  const fail = (): never => {
    throw new Error('no offer')
  }
  return Promise.resolve(
    new Device({
      handlerFactory: {
        name: 'failing',
        factory: fail,
        getNativeRtpCapabilities: () => Promise.reject(new Error('no offer')),
      },
    }),
  )
}

test('A browser without WebRTC asks the media server for nothing, however long it stays', async () => {
  const asked = client.request.bind(client)
  let requests = 0
  client.request = (method, data) => {
    requests += 1
    return asked(method, data)
  }
  keep().rebuild()
  await expect.poll(() => codes).toEqual(['unsupported-browser'])
  await timers.advance(10 * 60_000)

  expect(requests).toBe(0)
  expect(kept()).toEqual([])
})

test('Media that fails after its transports were made gives them back, each time', async () => {
  const keeper = keep(failingDevice)
  for (let tries = 1; tries <= 6; tries += 1) {
    keeper.rebuild()
    await expect.poll(() => codes.length).toBe(tries)
    await expect.poll(kept).toEqual([])
  }
  expect(new Set(codes)).toEqual(new Set(['unsupported-browser']))
})

test('Media that does not come about is tried again with growing pauses', async () => {
  const asked: number[] = []
  const keeper = keep(() => {
    asked.push(timers.now())
    return Promise.reject(new Error('busy'))
  })
  keeper.rebuild()
  await timers.advance(150_000)

  const pauses = asked.slice(1).map((at, index) => at - (asked[index] ?? 0))
  expect(pauses.slice(0, 6)).toEqual([2_000, 4_000, 8_000, 15_000, 30_000, 30_000])
})

test('What the media server kept over a cut, and no peer owns, is closed at the resume', async () => {
  const keeper = keep()
  for (const direction of ['send', 'recv', 'send', 'recv'] as const) {
    await client.request('createTransport', { direction })
  }
  expect(await client.refused('createTransport', { direction: 'send' })).toBe('transport-limit')

  expect(keeper.survives(kept())).toBe(false)
  await expect.poll(kept).toEqual([])
})
