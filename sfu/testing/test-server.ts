/**
 * The whole media server for a test, with a real worker: its own ports, a clock that the test moves,
 * and tickets signed for it.
 */
import { createServer } from 'node:net'
import type { JWTPayload } from 'jose'
import { type ClientOptions, WebSocket } from 'ws'
import { systemRandomness } from '../clock.ts'
import type { Config } from '../config.ts'
import { createLogger, type Logger } from '../log.ts'
import { type MediaServer, standardTiming, startMediaServer, type Timing } from '../media-server.ts'
import type { Entry } from '../protocol/index.ts'
import { ManualClock } from './manual-clock.ts'
import { SignalingClient } from './signaling-client.ts'
import { AUDIENCE, createTicketIssuer, NODE, type TicketIssuer } from './ticket-issuer.ts'

export interface TestServer {
  server: MediaServer
  clock: ManualClock
  issuer: TicketIssuer
  /** A new connection that has not joined. */
  connect: (options?: ClientOptions) => Promise<SignalingClient>
  /** A member: a connection that joined with a ticket of these claims. */
  join: (
    claims?: JWTPayload,
    options?: ClientOptions,
  ) => Promise<{ client: SignalingClient; entry: Entry }>
  /** The status of a signed command. */
  command: (claims: JWTPayload) => Promise<number>
  /** The status and body of an internal request. */
  internal: (
    method: string,
    path: string,
    body?: string,
  ) => Promise<{ status: number; body: unknown }>
  url: string
  close: () => Promise<void>
}

/** A moved clock jumps over many heartbeats at once, which no browser could answer: none by default. */
const timing: Timing = { ...standardTiming, heartbeat: 24 * 60 * 60_000 }

export async function startTestServer(
  changes: Partial<Timing> = {},
  log: Logger = createLogger('silent'),
  config: Partial<Config> = {},
): Promise<TestServer> {
  const clock = new ManualClock()
  const issuer = await createTicketIssuer(clock)
  const internalPort = await freePort()
  const server = await startMediaServer({
    config: {
      internal: { host: '127.0.0.1', port: internalPort },
      node: NODE,
      mediaPort: await freePort(),
      workers: 1,
      announcedAddresses: [],
      listenAddress: '127.0.0.1',
      ticketPublicKey: issuer.publicKey,
      stampKey: null,
      audience: AUDIENCE,
      workerBin: process.env['MEDIASOUP_WORKER_BIN'] ?? null,
      turn: null,
      teacherAbsenceLimit: 10 * 60_000,
      logLevel: 'silent',
      ...config,
    },
    timing: { ...timing, ...changes },
    clock,
    randomness: systemRandomness,
    log,
    interfaces: {},
  })
  const base = `http://127.0.0.1:${internalPort}`
  const url = `ws://127.0.0.1:${internalPort}/signaling/${NODE}`
  const clients: SignalingClient[] = []
  const connect: TestServer['connect'] = async (options) => {
    const client = await SignalingClient.open(url, options)
    clients.push(client)
    return client
  }
  const internal: TestServer['internal'] = async (method, path, body) => {
    const response = await fetch(base + path, { method, ...(body !== undefined && { body }) })
    return { status: response.status, body: await response.json() }
  }
  return {
    server,
    clock,
    issuer,
    url,
    connect,
    internal,
    join: async (claims, options) => {
      const client = await connect(options)
      return { client, entry: await client.enter(await issuer.ticket(claims)) }
    },
    command: async (claims) => {
      const { status } = await internal('POST', '/internal/command', await issuer.command(claims))
      return status
    },
    close: async () => {
      for (const { socket } of clients) {
        if (socket.readyState !== WebSocket.CLOSED) socket.terminate()
      }
      await server.close()
    },
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port)
        else reject(new Error('no port'))
      })
    })
  })
}
