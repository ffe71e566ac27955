/**
 * Calls routes of the HTTP interface and parses what comes back; for browser rooms. The transport is
 * handed in. It must never retry by itself: whoever calls knows what may be sent twice.
 */
import { errorAnswer } from './errors.ts'
import { routePath } from './route-path.ts'
import type {
  Route,
  RouteAnswer,
  RouteInput,
  RouteName,
  RouteParameters,
  Routes,
} from './routes.ts'

/** A refused or failed call. `code` is one of `errors.ts`, or `offline` or `bad-answer`. */
export class WireError extends Error {
  override readonly name = 'WireError'
  readonly code: string
  /** HTTP status; 0 where there was no answer. */
  readonly status: number
  readonly retryAfterSeconds: number | undefined

  constructor(code: string, message: string, status: number, retryAfterSeconds?: number) {
    super(message)
    this.code = code
    this.status = status
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export interface CallOptions {
  /** Query parameters. */
  readonly query?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
  /** Lets a request outlive its page; for at most 64 KiB. */
  readonly keepalive?: boolean
}

/** Calls one of the routes that it was made for. */
export type WireCall<Called extends RouteName = RouteName> = <N extends Called>(
  name: N,
  parameters: RouteParameters<N>,
  body: RouteInput<N>,
  options?: CallOptions,
) => Promise<RouteAnswer<N>>

/**
 * Makes the function that calls routes.
 * @param transport `fetch`, or what a test puts in its place
 * @param routes those that may be called: all, or the few that a page needs to fetch
 */
export function createWireCall<Called extends RouteName>(
  transport: typeof fetch,
  routes: Pick<Routes, Called>,
): WireCall<Called> {
  return async <N extends Called>(
    name: N,
    parameters: RouteParameters<N>,
    body: RouteInput<N>,
    options: CallOptions = {},
  ): Promise<RouteAnswer<N>> => {
    const route: Route = routes[name]
    const query = new URLSearchParams(options.query).toString()
    const url = routePath(route.path, parameters) + (query === '' ? '' : `?${query}`)
    const init: RequestInit = {
      method: route.method,
      cache: 'no-store',
      credentials: 'same-origin',
    }
    if (options.signal !== undefined) init.signal = options.signal
    if (options.keepalive !== undefined) init.keepalive = options.keepalive
    if (route.body !== null) {
      init.headers = { 'content-type': 'application/json' }
      init.body = JSON.stringify(body)
    }
    const response = await reach(transport, url, init)
    const json = await readJson(response)
    if (!response.ok) throw refusal(response.status, json)
    const parsed = routes[name].answer.safeParse(json)
    if (!parsed.success) {
      throw new WireError(
        'bad-answer',
        'The server answered something unexpected.',
        response.status,
      )
    }
    return parsed.data as RouteAnswer<N>
  }
}

async function reach(transport: typeof fetch, url: string, init: RequestInit): Promise<Response> {
  try {
    return await transport(url, init)
  } catch (error) {
    throw lost(error)
  }
}

/** A time limit that ran out is a server that cannot be reached; whoever aborts knows why. */
function lost(error: unknown): unknown {
  if (error instanceof DOMException && error.name === 'AbortError') return error
  return new WireError('offline', 'The server cannot be reached.', 0)
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch (error) {
    // The connection may be lost after the answer has begun.
    if (!(error instanceof SyntaxError)) throw lost(error)
    throw new WireError('bad-answer', 'The server answered something unexpected.', response.status)
  }
}

function refusal(status: number, json: unknown): WireError {
  const parsed = errorAnswer.safeParse(json)
  if (!parsed.success) {
    return new WireError('bad-answer', 'The server answered something unexpected.', status)
  }
  const { code, message, retryAfterSeconds } = parsed.data.error
  return new WireError(code, message, status, retryAfterSeconds)
}
