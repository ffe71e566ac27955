/**
 * The internal listener: the WebSocket door at `/signaling/<node>` and web's internal requests. It
 * listens on loopback or on a socket file alone; web hands browsers' upgrades on to it.
 */
import { chmodSync, existsSync, lstatSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { type Cancel, type Clock, every } from '../clock.ts'
import { ConfigError, type InternalAddress } from '../config.ts'
import type { Logger } from '../log.ts'
import { MAX_MESSAGE_BYTES } from '../protocol/index.ts'
import { AddressLimits } from './address-limits.ts'
import { Connection } from './connection.ts'
import type { Dispatcher } from './dispatch.ts'
import { answerInternal, type InternalServices } from './internal-http.ts'

export interface SignalingServerOptions {
  internal: InternalAddress
  node: string
  /** The one origin that a connection may name. */
  origin: string
  dispatcher: Dispatcher
  internalServices: InternalServices
  /** Milliseconds between two looks for a sign of life. */
  heartbeat: number
  clock: Clock
  log: Logger
}

export class SignalingServer {
  readonly #options: SignalingServerOptions
  readonly #http: Server
  readonly #sockets: WebSocketServer
  readonly #connections = new Set<Connection>()
  readonly #limits: AddressLimits
  readonly #cancelHeartbeat: Cancel

  private constructor(options: SignalingServerOptions) {
    this.#options = options
    this.#limits = new AddressLimits(options.clock)
    this.#http = createServer((request, response) => {
      void answerInternal(options.internalServices, this.#connections.size, request, response)
    })
    this.#sockets = new WebSocketServer({
      noServer: true,
      maxPayload: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
    })
    this.#http.on('upgrade', (request, socket, head) => {
      this.#upgrade(request, socket, head)
    })
    this.#cancelHeartbeat = every(options.clock, options.heartbeat, () => {
      for (const connection of this.#connections) connection.beat()
    })
  }

  /**
   * Opens the listener.
   *
   * @throws {ConfigError} when the address cannot be opened
   */
  static async open(options: SignalingServerOptions): Promise<SignalingServer> {
    const server = new SignalingServer(options)
    try {
      await server.#listen()
    } catch (error) {
      server.#cancelHeartbeat()
      throw error
    }
    return server
  }

  /** How many WebSockets are open. */
  get connections(): number {
    return this.#connections.size
  }

  /** Ends every connection and the listener. */
  async close(): Promise<void> {
    this.#cancelHeartbeat()
    // 1012: service restart; browsers come back by themselves.
    for (const socket of this.#sockets.clients) socket.close(1012)
    for (const socket of this.#sockets.clients) socket.terminate()
    const closed = new Promise<void>((resolve) => {
      this.#http.close(() => {
        resolve()
      })
    })
    this.#http.closeAllConnections()
    await closed
  }

  async #listen(): Promise<void> {
    const { internal } = this.#options
    if ('path' in internal && (await isStale(internal.path))) rmSync(internal.path)
    await new Promise<void>((resolve, reject) => {
      this.#http.once('error', (error) => {
        reject(
          new ConfigError(`SFU_INTERNAL cannot be opened: ${error.message}.`, { cause: error }),
        )
      })
      this.#http.listen(internal, resolve)
    })
    if ('path' in internal) chmodSync(internal.path, 0o600)
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', (error) => {
      this.#options.log.debug({ err: error }, 'upgrade failed')
    })
    const status = this.#refusal(request)
    if (status !== null) {
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    if (!this.#limits.opened(addressOf(request))) {
      socket.end('HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    let counted = true
    const release = (): void => {
      if (counted) this.#limits.closed()
      counted = false
    }
    socket.once('close', release)
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      this.#connect(webSocket)
    })
  }

  #refusal(request: IncomingMessage): string | null {
    const { node, origin } = this.#options
    if (request.url !== `/signaling/${node}`) return '404 Not Found'
    const named = request.headers.origin
    if (named !== undefined && named !== origin) return '403 Forbidden'
    return null
  }

  #connect(socket: WebSocket): void {
    const { dispatcher, clock, log } = this.#options
    const connection = new Connection({
      socket,
      dispatcher,
      clock,
      log,
      onCutOff: (reason) => {
        this.#options.internalServices.metrics.cutOff(reason)
      },
      onClosed: () => {
        this.#connections.delete(connection)
      },
    })
    this.#connections.add(connection)
  }
}

/** The browser's address in web's word; web is the only one who reaches this listener. */
function addressOf(request: IncomingMessage): string {
  const forwarded = request.headers['x-forwarded-for']
  const text = Array.isArray(forwarded) ? forwarded.at(-1) : forwarded
  return text?.split(',').at(-1)?.trim() ?? 'unknown'
}

/** Whether an earlier process left this socket file behind and nobody listens on it. */
async function isStale(path: string): Promise<boolean> {
  if (!existsSync(path) || !lstatSync(path).isSocket()) return false
  return await new Promise((resolve) => {
    const probe = connect(path)
    probe.once('connect', () => {
      probe.destroy()
      resolve(false)
    })
    probe.once('error', () => {
      resolve(true)
    })
  })
}
