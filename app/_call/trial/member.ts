/**
 * One end of a connection test: a membership of a class that exists for the test alone. It has
 * signalling and transports of one chosen way, and must never touch a device.
 */
import { Device, type types } from 'mediasoup-client'
import {
  type Entry,
  type MediaSource,
  rtpCapabilitiesSchema,
  rtpParametersSchema,
} from '../../../sfu/protocol/index.ts'
import { CallError, codeOf } from '../errors.ts'
import { Session, type Ticket } from '../signaling/session.ts'
import { openBrowserSocket } from '../signaling/socket.ts'
import { browserTimers } from '../timers.ts'

/** How packets travel. */
export type Way = 'udp' | 'tcp' | 'turn'

const ENTER_WITHIN_MS = 15_000
const CONNECT_WITHIN_MS = 10_000

export class TrialMember {
  readonly session: Session
  readonly entry: Entry
  readonly #device: Device

  private constructor(session: Session, entry: Entry, device: Device) {
    this.session = session
    this.entry = entry
    this.#device = device
  }

  /**
   * Enters.
   *
   * @throws CallError `connection-closed` where signalling does not come through in time
   */
  static async enter(ticket: Ticket): Promise<TrialMember> {
    const entering = Promise.withResolvers<Entry>()
    const session = new Session({
      fetchTicket: () => Promise.resolve(ticket),
      openSocket: openBrowserSocket,
      timers: browserTimers,
      onEntered: entering.resolve,
      onWaiting: () => undefined,
      onNotification: () => undefined,
      onConnection: () => undefined,
      onEnded: ({ code }) => {
        entering.reject(new CallError('connection-closed', `enter() [code:${code}]`))
      },
    })
    session.start()
    const callOff = browserTimers.after(ENTER_WITHIN_MS, () => {
      void session.leave()
    })
    const entry = await entering.promise.finally(callOff)
    const device = await Device.factory()
    await device.load({ routerRtpCapabilities: entry.routerRtpCapabilities })
    const rtpCapabilities = rtpCapabilitiesSchema.parse(device.recvRtpCapabilities)
    await session.request('setRtpCapabilities', { rtpCapabilities })
    return new TrialMember(session, entry, device)
  }

  /** A transport that can go one way alone. */
  async openTransport(direction: 'send' | 'recv', way: Way): Promise<types.Transport> {
    const created = await this.session.request('createTransport', { direction })
    const { transportId: id, iceParameters, iceCandidates, dtlsParameters } = created
    const options: types.TransportOptions = {
      id,
      iceParameters,
      iceCandidates: iceCandidates.filter(({ protocol }) =>
        way === 'tcp' ? protocol === 'tcp' : protocol === 'udp',
      ),
      dtlsParameters,
      ...(way === 'turn' && { iceServers: this.entry.iceServers, iceTransportPolicy: 'relay' }),
    }
    const transport =
      direction === 'send'
        ? this.#device.createSendTransport(options)
        : this.#device.createRecvTransport(options)
    transport.on('connect', (parameters, done, fail) => {
      this.session.request('connectTransport', { transportId: id, ...parameters }).then(done, fail)
    })
    transport.on('produce', ({ kind, rtpParameters }, done, fail) => {
      this.session
        .request('produce', {
          transportId: id,
          kind,
          source: 'screen' satisfies MediaSource,
          rtpParameters: rtpParametersSchema.parse(rtpParameters),
        })
        .then(({ producerId }) => {
          done({ id: producerId })
        }, fail)
    })
    return transport
  }

  /** Ends a transport on both sides. */
  async closeTransport(transport: types.Transport): Promise<void> {
    transport.close()
    try {
      await this.session.request('closeTransport', { transportId: transport.id })
    } catch (error) {
      // The media server often learns of the end from the connection itself, and sooner.
      if (codeOf(error) !== 'transport-unknown') throw error
    }
  }
}

/**
 * Waits until packets flow.
 *
 * @throws CallError `connection-closed` where they do not in time
 */
export async function connected(transport: types.Transport): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>()
  const look = (): void => {
    if (transport.connectionState === 'connected') resolve(undefined)
    if (transport.connectionState === 'failed') {
      reject(new CallError('connection-closed', 'connected() [state:failed]'))
    }
  }
  transport.on('connectionstatechange', look)
  const callOff = browserTimers.after(CONNECT_WITHIN_MS, () => {
    reject(new CallError('connection-closed', 'connected() [state:timeout]'))
  })
  look()
  await promise.finally(callOff)
}
