/**
 * Hands WebSocket upgrades of /signaling/<node> on to the sfu's internal listener, so that a browser
 * needs one origin. It reads nothing of what passes, and lets only this site's pages through.
 */
import type { IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { isOwnSite } from '../core/own-site.ts'

export interface SignalingProxyOptions {
  /** Name of the sfu's node that this web serves. */
  readonly node: string
  /** The sfu's internal listener: a socket's path, or `127.0.0.1:port`. */
  readonly target: string
  readonly publicUrl: string
  /** How long nothing may pass; the sfu asks for a sign of life several times as often. */
  readonly silenceMs?: number
}

const SILENCE_MS = 60_000

/** Headers of a WebSocket handshake that the sfu needs: no cookie, no forwarding header, and no origin, which is checked here. */
const PASSED = [
  'host',
  'upgrade',
  'connection',
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-protocol',
  'sec-websocket-extensions',
  'user-agent',
]

const PREFIX = '/signaling/'

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

/** Connects to `unix path`, `host:port` or `[IPv6]:port`. */
function connectTo(target: string): Socket {
  const address = /^\[?([^/[\]]+)\]?:(\d+)$/.exec(target)
  return address === null ? connect(target) : connect(Number(address[2]), address[1])
}

/** Rewrites the handshake with the headers that pass and the client's address. */
function handshake(request: IncomingMessage, address: string): string {
  const lines = [`GET ${request.url ?? '/'} HTTP/1.1`]
  for (const name of PASSED) {
    const value = request.headers[name]
    if (typeof value === 'string') lines.push(`${name}: ${value}`)
  }
  lines.push(`x-forwarded-for: ${address}`)
  return `${lines.join('\r\n')}\r\n\r\n`
}

/**
 * Answers an upgrade request for signalling; false when it is for someone else.
 * `address` is the client's.
 */
export function proxySignaling(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  address: string,
  options: SignalingProxyOptions,
): boolean {
  const path = (request.url ?? '').split('?', 1)[0] ?? ''
  if (!path.startsWith(PREFIX)) return false
  socket.on('error', () => socket.destroy())
  if (path !== `${PREFIX}${options.node}`) {
    refuse(socket, '404 Not Found')
    return true
  }
  const { origin, host } = request.headers
  if (!isOwnSite(origin, host, options.publicUrl)) {
    refuse(socket, '403 Forbidden')
    return true
  }
  const upstream = connectTo(options.target)
  // A browser that reads nothing holds up the news of its end as well, and would be kept for ever.
  upstream.setTimeout(options.silenceMs ?? SILENCE_MS, () => upstream.destroy())
  let connected = false
  upstream.once('connect', () => {
    connected = true
    upstream.write(handshake(request, address))
    if (head.length > 0) upstream.write(head)
    socket.pipe(upstream).pipe(socket)
  })
  upstream.on('error', () => {
    if (connected) socket.destroy()
    else refuse(socket, '503 Service Unavailable')
  })
  upstream.once('close', () => {
    if (connected) socket.destroy()
  })
  socket.once('close', () => upstream.destroy())
  return true
}
