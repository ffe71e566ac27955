import { Device } from 'mediasoup-client'
import * as fakeParameters from 'mediasoup-client/fakeParameters'
import { FakeHandler } from 'mediasoup-client/handlers/FakeHandler'
import { describe, expect, test } from 'vitest'
import { Call } from './call.ts'
import { LocalMedia } from './devices/local-media.ts'
import { CallError } from './errors.ts'
import { ScreenShare } from './screen/screen-share.ts'
import { createManualTimers, settle } from './testing/manual-timers.ts'
import { ENTRY } from './testing/protocol-parts.ts'
import { createScriptedServer, ok, refuse } from './testing/scripted-server.ts'

/** A call whose media server has media, or has none, as the test says. */
async function joined() {
  const timers = createManualTimers()
  const server = createScriptedServer(ENTRY)
  const has = { media: true, webRtc: true }
  const usual = server.answer
  let transports = 0
  server.answer = (method, data, connection) => {
    if (method !== 'createTransport') return usual(method, data, connection)
    if (!has.media) return refuse('media-unavailable')
    const { iceParameters, dtlsParameters } = fakeParameters.generateTransportRemoteParameters()
    transports += 1
    return ok({
      transportId: `transport-${transports}`,
      iceParameters,
      iceCandidates: [],
      dtlsParameters,
      sctpParameters: null,
    })
  }
  const call = new Call({
    fetchTicket: () => Promise.resolve({ ticket: 'ticket', signalingUrl: '/signaling/local' }),
    localMedia: new LocalMedia({ devices: undefined }),
    screen: new ScreenShare({ devices: undefined, origin: 'x', handle: 'x' }),
    openSocket: server.openSocket,
    timers,
    makeDevice: () =>
      has.webRtc
        ? Promise.resolve(new Device({ handlerFactory: FakeHandler.createFactory(fakeParameters) }))
        : Promise.reject(new CallError('unsupported-browser', 'test')),
  })
  call.join()
  await settle()
  expect(call.state.getState().phase).toBe('joined')
  const problem = (): string | null => call.state.getState().problem
  const resetMedia = (): void => {
    const { routerRtpCapabilities } = ENTRY
    server.connections.at(-1)?.notify('mediaReset', { routerRtpCapabilities })
  }
  return { call, timers, server, has, problem, resetMedia }
}

describe('the problem of a call', () => {
  test('stands while media does not come about, and is gone once it did', async () => {
    const { has, problem, resetMedia, timers } = await joined()
    expect(problem()).toBeNull()

    has.media = false
    resetMedia()
    await timers.advance(5_000)
    expect(problem()).toBe('media-unavailable')

    has.media = true
    await timers.advance(30_000)
    expect(problem()).toBeNull()
  })

  test('of one membership is not that of the next, unless it still holds', async () => {
    const { call, has, problem, resetMedia, server, timers } = await joined()
    const seen: (string | null)[] = []
    call.events.on('entered', () => seen.push(problem()))
    has.webRtc = false
    resetMedia()
    await timers.advance(100)
    expect(problem()).toBe('unsupported-browser')

    server.connections.at(-1)?.drop()
    await timers.advance(5_000)
    expect(seen).toEqual([null])
    expect(problem()).toBe('unsupported-browser')
  })
})
