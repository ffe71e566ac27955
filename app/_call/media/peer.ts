/**
 * The two transports of a membership: one sends, one receives, over mediasoup-client. It lives until
 * media has to be built anew; it must never decide what is sent or received.
 */
import { Device, type types } from 'mediasoup-client'
import {
  type Entry,
  mediaSourceSchema,
  type Method,
  type RequestData,
  type ResponseData,
  rtpCapabilitiesSchema,
  rtpParametersSchema,
  SignalingError,
} from '../../../sfu/protocol/index.ts'
import { CallError } from '../errors.ts'
import type { Timers } from '../timers.ts'
import type { StatsLine, StatsLines } from '../quality/measure.ts'
import { IceKeeper } from './ice-keeper.ts'

export type Request = <M extends Method>(
  method: M,
  data: RequestData<M>,
) => Promise<ResponseData<M>>

export type PeerOptions = {
  entry: Pick<Entry, 'routerRtpCapabilities' | 'iceServers'>
  request: Request
  timers: Timers
  /** Media began to flow, or stopped flowing, on either transport. */
  onConnection: () => void
  /** The media server no longer knows a transport: media has to be built anew. */
  onLost: () => void
  /** What this browser can do, used for nothing yet. */
  device: Device
}

type Direction = 'send' | 'recv'

export class Peer {
  readonly #options: PeerOptions
  readonly #send: types.Transport
  readonly #recv: types.Transport
  readonly #keepers: readonly IceKeeper[]
  /** Whether records can go over the transport that way. */
  readonly records: Readonly<Record<Direction, boolean>>

  private constructor(
    options: PeerOptions,
    device: Device,
    created: Record<Direction, ResponseData<'createTransport'>>,
  ) {
    this.#options = options
    this.#send = this.#makeTransport(device, 'send', created.send)
    this.#recv = this.#makeTransport(device, 'recv', created.recv)
    this.#keepers = [this.#send, this.#recv].map((transport) => this.#keep(transport))
    this.records = {
      send: created.send.sctpParameters !== null,
      recv: created.recv.sctpParameters !== null,
    }
  }

  /**
   * Makes both transports.
   *
   * @throws SignalingError with the server's code
   * @throws CallError `unsupported-browser`, `connection-closed`, `request-timeout`
   */
  static async open(options: PeerOptions): Promise<Peer> {
    const { request, entry, device } = options
    const creating = [
      request('createTransport', { direction: 'send' }),
      request('createTransport', { direction: 'recv' }),
    ] as const
    try {
      // What fails here is thrown below, after its fellows are known as well.
      const [send, recv] = await Promise.all([
        ...creating,
        loadDevice(device, entry.routerRtpCapabilities).then(() =>
          tellCapabilities(request, device),
        ),
      ])
      return new Peer(options, device, { send, recv })
    } catch (error) {
      await forgetCreated(request, creating)
      throw error
    }
  }

  get send(): types.Transport {
    return this.#send
  }

  get recv(): types.Transport {
    return this.#recv
  }

  /** Whether media flowed on a transport and does not now. */
  get interrupted(): boolean {
    return this.#keepers.some((keeper) => keeper.interrupted)
  }

  /** Whether both transports are among those that still live on the media server. */
  livesIn(transportIds: readonly string[]): boolean {
    return transportIds.includes(this.#send.id) && transportIds.includes(this.#recv.id)
  }

  has(transportId: string): boolean {
    return this.#send.id === transportId || this.#recv.id === transportId
  }

  /** The network may have changed: restarts ICE where media does not flow. */
  hurry(): void {
    for (const keeper of this.#keepers) keeper.hurry()
  }

  /** What the browser measures of both transports. */
  async readStats(): Promise<{ send: StatsLines; receive: StatsLines }> {
    const [send, receive] = await Promise.all([this.#send.getStats(), this.#recv.getStats()])
    return { send: linesOf(send), receive: linesOf(receive) }
  }

  /** Closes both transports on this side, and with them all that they carried. */
  close(): void {
    for (const keeper of this.#keepers) keeper.close()
    this.#send.close()
    this.#recv.close()
  }

  /** Tells the media server that the transports are of no use any more. */
  forget(): void {
    for (const transportId of [this.#send.id, this.#recv.id]) {
      // It may have dropped them itself; it drops them in any case when the membership ends.
      this.#options.request('closeTransport', { transportId }).catch(() => undefined)
    }
  }

  #makeTransport(
    device: Device,
    direction: Direction,
    created: ResponseData<'createTransport'>,
  ): types.Transport {
    const { request, entry } = this.#options
    const { iceParameters, iceCandidates, dtlsParameters, sctpParameters } = created
    const options: types.TransportOptions = {
      id: created.transportId,
      iceParameters,
      iceCandidates,
      dtlsParameters,
      ...(sctpParameters === null ? {} : { sctpParameters }),
      iceServers: entry.iceServers,
    }
    const transport =
      direction === 'send'
        ? device.createSendTransport(options)
        : device.createRecvTransport(options)
    transport.on('connect', (parameters, done, fail) => {
      request('connectTransport', { transportId: transport.id, ...parameters }).then(done, fail)
    })
    transport.on('produce', ({ kind, rtpParameters, appData }, done, fail) => {
      const source = mediaSourceSchema.parse(appData.source)
      const paused = appData.paused === true
      request('produce', {
        transportId: transport.id,
        kind,
        source,
        rtpParameters: rtpParametersSchema.parse(rtpParameters),
        paused,
      }).then(({ producerId }) => {
        done({ id: producerId })
      }, fail)
    })
    transport.on('producedata', ({ sctpStreamParameters }, done, fail) => {
      const { streamId = 0, ordered = true } = sctpStreamParameters
      request('produceData', {
        transportId: transport.id,
        sctpStreamParameters: { streamId, ordered },
      }).then(({ dataProducerId }) => {
        done({ id: dataProducerId })
      }, fail)
    })
    transport.on('connectionstatechange', () => {
      this.#options.onConnection()
    })
    return transport
  }

  #keep(transport: types.Transport): IceKeeper {
    const { request, timers, onLost } = this.#options
    return new IceKeeper({
      transport,
      timers,
      fetchIceParameters: async () => {
        const { iceParameters } = await request('restartIce', { transportId: transport.id })
        return iceParameters
      },
      onFailure: (error) => {
        if (error instanceof SignalingError && error.code === 'transport-unknown') onLost()
      },
    })
  }
}

function linesOf(report: RTCStatsReport): StatsLines {
  const lines = new Map<string, StatsLine>()
  // Every entry has these three; the rest is looked at one by one.
  report.forEach((line: StatsLine, id) => lines.set(id, line))
  return lines
}

/**
 * Finds out what this browser can do.
 *
 * @throws CallError `unsupported-browser`
 */
export async function detectDevice(): Promise<Device> {
  try {
    return await Device.factory()
  } catch (error) {
    throw new CallError('unsupported-browser', 'detectDevice()', { cause: error })
  }
}

async function loadDevice(
  device: Device,
  routerRtpCapabilities: Entry['routerRtpCapabilities'],
): Promise<void> {
  try {
    await device.load({ routerRtpCapabilities })
  } catch (error) {
    throw new CallError('unsupported-browser', 'loadDevice()', { cause: error })
  }
}

/** A peer did not come about: what the media server made for it must not stay there. */
async function forgetCreated(
  request: Request,
  creating: readonly Promise<ResponseData<'createTransport'>>[],
): Promise<void> {
  const created = await Promise.allSettled(creating)
  await Promise.all(
    created.map(async (one) => {
      if (one.status === 'rejected') return
      const { transportId } = one.value
      // Without a connection the next resume clears it away.
      await request('closeTransport', { transportId }).catch(() => undefined)
    }),
  )
}

/** Capabilities are told once a membership; media that is built anew finds them told. */
async function tellCapabilities(request: Request, device: Device): Promise<void> {
  try {
    const rtpCapabilities = rtpCapabilitiesSchema.parse(device.recvRtpCapabilities)
    await request('setRtpCapabilities', { rtpCapabilities })
  } catch (error) {
    if (!(error instanceof SignalingError && error.code === 'capabilities-set')) throw error
  }
}
