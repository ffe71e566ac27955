/**
 * The web process: Next.js behind a server of its own, which adds security headers, tells handlers
 * who asks, and hands signalling on to the sfu. It holds no state of a class, so that it can be
 * started anew at any time without ending a call.
 */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { Duplex } from 'node:stream'
import { fileURLToPath } from 'node:url'
import next from 'next'
import { startJobs } from './jobs/start-jobs.ts'
import { refusedBody } from './web/body-limit.ts'
import {
  type ClientAddress,
  clientAddress,
  ownAddresses,
  parseTrustedProxies,
} from './web/client-address.ts'
import { parseWebEnvironment, type WebEnvironment } from './web/environment.ts'
import { servedUrl } from './web/expression-model.ts'
import { METRICS_PATH, WebMetrics } from './web/metrics.ts'
import { responseHeaders } from './web/response-headers.ts'
import { proxySignaling } from './web/signaling-proxy.ts'

type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const PROJECT = fileURLToPath(new URL('../..', import.meta.url))
const PROXY_HEADERS = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via']
const SHUTDOWN_LIMIT_MS = 5_000

const environment = parseWebEnvironment(process.env)
const development = environment.ATTUNE_DEV === '1'
const trusted = parseTrustedProxies(environment.TRUST_PROXY)

function addressOf(request: IncomingMessage): ClientAddress {
  const forwarded = request.headers['x-forwarded-for']
  return clientAddress(
    {
      remoteAddress: request.socket.remoteAddress,
      forwardedFor: Array.isArray(forwarded) ? forwarded.join(',') : forwarded,
      throughProxy: PROXY_HEADERS.some((name) => name in request.headers),
    },
    trusted,
    ownAddresses(),
  )
}

function createHttpServer(env: WebEnvironment, listener: RequestListener): Server {
  const limits = { requestTimeout: 60_000, headersTimeout: 20_000 }
  if (env.TLS_CERT === undefined || env.TLS_KEY === undefined) return createServer(limits, listener)
  const pair = { cert: readFileSync(env.TLS_CERT), key: readFileSync(env.TLS_KEY) }
  return createSecureServer({ ...limits, ...pair }, listener)
}

const metrics = new WebMetrics({
  sfu: environment.SFU_INTERNAL,
  token: environment.METRICS_TOKEN ?? null,
  connections: () => upgraded.size,
})

// Requests come only once it is there: the server listens last.
let handle: RequestHandler | null = null

const server = createHttpServer(environment, (request, response) => {
  const refused = refusedBody(request)
  if (refused !== null || handle === null) {
    response.writeHead(refused ?? 503, { Connection: 'close' }).end()
    return
  }
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
  const nonce = randomBytes(16).toString('base64')
  const { address, local } = addressOf(request)
  metrics.watch(request, response)
  if (path === METRICS_PATH) {
    void metrics.answer(request, response, local)
    return
  }
  for (const [name, value] of responseHeaders(path, nonce, development)) {
    response.setHeader(name, value)
    // Next takes the nonce for its own scripts from the policy on the request.
    if (name === 'Content-Security-Policy') request.headers['content-security-policy'] = value
  }
  request.url = servedUrl(request.url ?? '/', environment.EXPRESSION_MODEL)
  request.headers['x-nonce'] = nonce
  request.headers['x-attune-address'] = address
  request.headers['x-attune-local'] = local ? '1' : '0'
  handle(request, response).catch((error: unknown) => {
    console.error(`web: ${path} failed:`, error)
    if (!response.headersSent) response.writeHead(500)
    response.end()
  })
})

const app = next({ dev: development, dir: PROJECT, httpServer: server })

const upgraded = new Set<Duplex>()

server.on('upgrade', (request, socket, head) => {
  upgraded.add(socket)
  socket.once('close', () => upgraded.delete(socket))
  const passed = proxySignaling(request, socket, head, addressOf(request).address, {
    node: environment.SFU_NODE,
    target: environment.SFU_INTERNAL,
    publicUrl: environment.PUBLIC_URL,
  })
  // Next itself takes the upgrades of a development build.
  if (!passed && !development) socket.destroy()
})

let stopping = false
let stopJobs: (() => void) | null = null

/** Takes no new request, gives those under way a moment, and ends. */
function stop(): void {
  if (stopping) return
  stopping = true
  stopJobs?.()
  setTimeout(() => process.exit(0), SHUTDOWN_LIMIT_MS).unref()
  server.close(() => process.exit(0))
  server.closeIdleConnections()
  // Browsers come back by themselves to the web that is started next; the sfu keeps their places.
  for (const socket of upgraded) socket.destroy()
}

process.on('SIGTERM', stop)
process.on('SIGINT', stop)
process.on('disconnect', stop)

await app.prepare()
handle = app.getRequestHandler()
server.listen(environment.PORT, () => {
  stopJobs = startJobs()
  process.send?.({ ready: true })
})
