/**
 * What web asks and tells the media server over the internal listener: health, load, live classes, and
 * signed commands. A command is believed for its signature alone, whoever reached the listener.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ClassRegistry } from '../class/class-registry.ts'
import type { Logger } from '../log.ts'
import type { WorkerPool } from '../media/worker-pool.ts'
import { MAX_MESSAGE_BYTES, SignalingError, type SignalingErrorCode } from '../protocol/index.ts'
import type { SfuMetrics } from '../metrics.ts'
import { EXPOSITION_TYPE, exposition } from '../protocol/exposition.ts'
import { describeLoad } from './load.ts'
import type { TicketChecker } from './tickets.ts'

export interface InternalServices {
  registry: ClassRegistry
  tickets: TicketChecker
  pool: WorkerPool
  metrics: SfuMetrics
  node: string
  log: Logger
}

/** Answers one request; never throws. */
export async function answerInternal(
  services: InternalServices,
  connections: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await route(services, connections, request, response)
  } catch (error) {
    services.log.error({ err: error }, 'internal request failed')
    if (!response.headersSent) sendError(response, 500, 'internal')
  }
}

async function route(
  { registry, tickets, pool, metrics, node }: InternalServices,
  connections: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  switch (`${request.method ?? ''} ${request.url ?? ''}`) {
    case 'GET /internal/health': {
      const { running, wanted } = pool.health
      const ok = running === wanted
      send(response, ok ? 200 : 503, {
        status: ok ? 'ok' : 'degraded',
        workers: { running, wanted },
      })
      return
    }
    case 'GET /internal/load':
      send(response, 200, await describeLoad(node, registry, pool))
      return
    case 'GET /internal/metrics': {
      const text = exposition(await metrics.families({ registry, pool, connections }))
      response.writeHead(200, { 'content-type': EXPOSITION_TYPE, 'cache-control': 'no-store' })
      response.end(text)
      return
    }
    case 'GET /internal/classes':
      send(response, 200, registry.describe())
      return
    case 'POST /internal/command': {
      const token = await readBody(request)
      if (token === null) {
        sendError(response, 413, 'malformed-message')
        return
      }
      try {
        registry.command(await tickets.takeCommand(token.trim()))
        send(response, 200, {})
      } catch (error) {
        if (!(error instanceof SignalingError)) throw error
        sendError(response, error.code === 'ticket-used' ? 409 : 403, error.code)
      }
      return
    }
    default:
      sendError(response, 404, 'unknown-method')
  }
}

/** The body as text, or null where it is too large. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    // A request without an encoding gives buffers.
    const bytes = chunk as Buffer
    size += bytes.length
    if (size > MAX_MESSAGE_BYTES) return null
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function sendError(response: ServerResponse, status: number, code: SignalingErrorCode): void {
  const { message } = new SignalingError(code)
  send(response, status, { error: { code, message } })
}

function send(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  })
  response.end(text)
}
