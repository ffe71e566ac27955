/**
 * The connection test that a person runs before class: devices, signalling, every way to the media
 * server, and what comes through, each tried for real. It reports codes and figures; it enters no
 * class and keeps nothing.
 */
import type { types } from 'mediasoup-client'
import {
  ANY_DEVICE,
  type DeviceKind,
  type MediaDevicesPort,
  openDevice,
} from '../devices/capture.ts'
import { CallError, codeOf } from '../errors.ts'
import { figuresOf, type StatsLine } from '../quality/measure.ts'
import { createStore, type ReadableStore, type Store } from '../store.ts'
import { browserTimers } from '../timers.ts'
import { connected, TrialMember, type Way } from './member.ts'
import { movingPicture } from './moving-picture.ts'

export const CHECKS = ['camera', 'microphone', 'signalling', 'udp', 'tcp', 'turn', 'media'] as const
export type Check = (typeof CHECKS)[number]

export type CheckState =
  | { state: 'waiting' | 'running' }
  /** `label` names a device. */
  | {
      state: 'passed'
      label?: string
      milliseconds?: number
      kilobits?: number
      lossPercent?: number
    }
  | { state: 'failed'; code: string }
  /** `turn-absent`: the school runs none; `not-reached`: an earlier check failed. */
  | { state: 'skipped'; code: 'turn-absent' | 'not-reached' | 'not-signed-in' }

export type TestState = { phase: 'idle' | 'running' | 'done'; checks: Record<Check, CheckState> }

export type TestOptions = {
  devices: MediaDevicesPort | undefined
  /** Tickets for both ends; null for people who are not signed in. */
  fetchTickets: () => Promise<{ tickets: [string, string]; signalingUrl: string } | null>
}

const ASKED = 5
const MEASURED_MS = 5_000
const PICTURE_WITHIN_MS = 5_000
const LOOK_EVERY_MS = 100
const MOST_BITS = 2_000_000

const waiting = (): TestState['checks'] => {
  const state: CheckState = { state: 'waiting' }
  return {
    camera: state,
    microphone: state,
    signalling: state,
    udp: state,
    tcp: state,
    turn: state,
    media: state,
  }
}

export class ConnectionTest {
  readonly #options: TestOptions
  readonly #store: Store<TestState> = createStore<TestState>({ phase: 'idle', checks: waiting() })

  constructor(options: TestOptions) {
    this.#options = options
  }

  get state(): ReadableStore<TestState> {
    return this.#store
  }

  /** Runs everything, one after another; what fails never keeps the rest from being tried. */
  async run(): Promise<void> {
    if (this.#store.getState().phase === 'running') return
    this.#store.patch({ phase: 'running', checks: waiting() })
    await this.#check('camera', () => this.#tryDevice('camera'))
    await this.#check('microphone', () => this.#tryDevice('microphone'))
    await this.#tryServer()
    this.#store.patch({ phase: 'done' })
  }

  async #tryServer(): Promise<void> {
    const ends: TrialMember[] = []
    try {
      const signalling = await this.#check('signalling', async () => {
        const given = await this.#options.fetchTickets()
        if (given === null) return { state: 'skipped', code: 'not-signed-in' }
        const { tickets, signalingUrl } = given
        for (const ticket of tickets) ends.push(await TrialMember.enter({ ticket, signalingUrl }))
        return { state: 'passed', milliseconds: await roundTrip(ends) }
      })
      const [sender, receiver] = ends
      if (signalling.state !== 'passed' || sender === undefined || receiver === undefined) {
        const code = signalling.state === 'skipped' ? 'not-signed-in' : 'not-reached'
        for (const check of ['udp', 'tcp', 'turn', 'media'] as const) {
          this.#set(check, { state: 'skipped', code })
        }
        return
      }
      await this.#tryWays(sender, receiver)
    } finally {
      await Promise.all(ends.map(({ session }) => session.leave()))
    }
  }

  async #tryWays(sender: TrialMember, receiver: TrialMember): Promise<void> {
    const open: Way[] = []
    for (const way of ['udp', 'tcp', 'turn'] as const) {
      const { state } = await this.#check(way, async () => {
        if (way === 'turn' && sender.entry.iceServers.length === 0) {
          return { state: 'skipped', code: 'turn-absent' }
        }
        return { state: 'passed', milliseconds: await timeToConnect(sender, way) }
      })
      if (state === 'passed') open.push(way)
    }
    const [best] = open
    if (best === undefined) this.#set('media', { state: 'skipped', code: 'not-reached' })
    else await this.#check('media', () => measure(sender, receiver, best))
  }

  async #tryDevice(kind: DeviceKind): Promise<CheckState> {
    const { devices } = this.#options
    if (devices === undefined) return { state: 'failed', code: 'device-unavailable' }
    const track = await openDevice(devices, kind, ANY_DEVICE)
    if (track instanceof CallError) return { state: 'failed', code: track.code }
    const { label } = track
    track.stop()
    return { state: 'passed', label }
  }

  async #check(check: Check, work: () => Promise<CheckState>): Promise<CheckState> {
    this.#set(check, { state: 'running' })
    const result = await work().catch((error: unknown): CheckState => ({
      state: 'failed',
      code: codeOf(error),
    }))
    this.#set(check, result)
    return result
  }

  #set(check: Check, state: CheckState): void {
    const { checks } = this.#store.getState()
    this.#store.patch({ checks: { ...checks, [check]: state } })
  }
}

/** The middle of some requests' times, in milliseconds. */
async function roundTrip([end]: readonly TrialMember[]): Promise<number> {
  const times: number[] = []
  for (let count = 0; count < ASKED; count += 1) {
    const began = performance.now()
    await end?.session.request('lowerHand', {})
    times.push(performance.now() - began)
  }
  return Math.round(times.toSorted((one, other) => one - other)[Math.floor(ASKED / 2)] ?? 0)
}

async function timeToConnect(member: TrialMember, way: Way): Promise<number> {
  const picture = movingPicture()
  const transport = await member.openTransport('send', way)
  try {
    const began = performance.now()
    const connecting = connected(transport)
    // Awaited below; whichever fails first says why.
    connecting.catch(() => undefined)
    await transport.produce({ track: picture.track, stopTracks: false })
    await connecting
    return Math.round(performance.now() - began)
  } finally {
    picture.end()
    await member.closeTransport(transport)
  }
}

/** What comes through from one end to the other over the real media server. */
async function measure(sender: TrialMember, receiver: TrialMember, way: Way): Promise<CheckState> {
  const picture = movingPicture()
  const sending = await sender.openTransport('send', way)
  const receiving = await receiver.openTransport('recv', way)
  try {
    const producer = await sending.produce({
      track: picture.track,
      stopTracks: false,
      encodings: [{ maxBitrate: MOST_BITS }],
      codecOptions: { videoGoogleStartBitrate: 1_000 },
    })
    const consumerParameters = await receiver.session.request('consume', {
      producerId: producer.id,
    })
    const { consumerId, kind, rtpParameters } = consumerParameters
    await receiving.consume({ id: consumerId, producerId: producer.id, kind, rtpParameters })
    await receiver.session.request('resumeConsumer', { consumerId })
    await Promise.all([connected(sending), connected(receiving)])
    const before = await linesWithPicture(receiving)
    await pause(MEASURED_MS)
    const { streams, roundTripMs } = figuresOf(await linesOf(receiving), before)
    const stream = streams.find((one) => one.kind === 'video')
    if (stream === undefined || stream.kilobits === 0) return { state: 'failed', code: 'no-media' }
    return {
      state: 'passed',
      kilobits: stream.kilobits,
      lossPercent: Math.round((stream.loss ?? 0) * 1_000) / 10,
      ...(roundTripMs !== null && { milliseconds: roundTripMs }),
    }
  } finally {
    picture.end()
    await sender.closeTransport(sending)
    await receiver.closeTransport(receiving)
  }
}

/** The first report with a picture in it, without which there is no rate; or the last within some seconds. */
async function linesWithPicture(transport: types.Transport): Promise<Map<string, StatsLine>> {
  for (let waited = 0; ; waited += LOOK_EVERY_MS) {
    const lines = await linesOf(transport)
    const arrives = figuresOf(lines, null).streams.some(({ kind }) => kind === 'video')
    if (arrives || waited >= PICTURE_WITHIN_MS) return lines
    await pause(LOOK_EVERY_MS)
  }
}

async function pause(milliseconds: number): Promise<void> {
  await new Promise<void>((resolve) => {
    browserTimers.after(milliseconds, resolve)
  })
}

async function linesOf(transport: types.Transport): Promise<Map<string, StatsLine>> {
  const lines = new Map<string, StatsLine>()
  const report = await transport.getStats()
  report.forEach((line: StatsLine, id) => lines.set(id, line))
  return lines
}
