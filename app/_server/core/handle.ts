/**
 * Turns a use case into a route handler: origin, size, form, session, rights, then the use case, then
 * an answer that holds what the schema names and nothing else. Every refusal leaves as a stable code;
 * what was not foreseen is logged by its name and place, never by its content.
 */
import * as z from 'zod'
import { routes } from '../../_wire/routes.ts'
import type { Route, RouteBody, RouteName, RouteOf, RouteParameters } from '../../_wire/routes.ts'
import { boxName } from '../../_wire/accounts.ts'
import { accountId, b64uExactly, inviteToken, type AccountId } from '../../_wire/primitives.ts'
import { serverContext, type ServerContext } from './context.ts'
import { isConflict, isFull, isOverloaded } from './database.ts'
import { isLocalRequest } from './local-request.ts'
import { isOwnSite } from './own-site.ts'
import { Refusal } from './refusal.ts'
import { deviceOf, readBody, readCookies } from './request.ts'
import { findCaller, sessionCookieName, type Caller } from './sessions.ts'

/**
 * Who may call a route at all; rights in courses and classes are the use case's. `public` does not
 * even look who asks.
 */
export type Access = 'public' | 'anyone' | 'account' | 'school-admin'

/** Path parameters, parsed: those that name people by their branded type. */
export type ServerParameters<N extends RouteName> = {
  readonly [Name in keyof RouteParameters<N>]: Name extends 'accountId' ? AccountId : string
}

export interface Call<N extends RouteName, A extends Access> {
  readonly context: ServerContext
  readonly body: RouteBody<N>
  readonly parameters: ServerParameters<N>
  readonly query: URLSearchParams
  readonly caller: A extends 'anyone' | 'public' ? Caller | null : Caller
  readonly client: Client
  readonly cookies: ReadonlyMap<string, string>
  /** Aborts when the caller is gone. */
  readonly signal: AbortSignal
  /** What goes out beside the answer. */
  readonly reply: { status: number; readonly cookies: string[] }
}

/** Where a request comes from, as the web server's own connection tells. */
export interface Client {
  readonly address: string
  /** From a browser on the server's own machine (`local-request.ts`). */
  readonly local: boolean
  /** Browser and system by name, to know a session again; empty when unknown. */
  readonly device: string
}

export type UseCase<N extends RouteName, A extends Access> = (
  call: Call<N, A>,
) => Promise<z.input<RouteOf<N>['answer']> | Response>

export type RouteHandler = (
  request: Request,
  next: { params: Promise<Record<string, string> | undefined> },
) => Promise<Response>

const DEFAULT_BODY_LIMIT = 64 * 1024

const parameterSchemas: Readonly<Record<string, z.ZodType<string>>> = {
  id: accountId,
  accountId,
  token: inviteToken,
  name: boxName,
  session: b64uExactly(32),
}

/** The handler of one route. */
export function handle<N extends RouteName, A extends Access>(
  name: N,
  access: A,
  run: UseCase<N, A>,
): RouteHandler {
  return async (request, next) => {
    const context = await serverContext()
    try {
      // A route without a name in its path is given no parameters at all.
      const parameters = (await next.params) ?? {}
      return await answer(context, name, access, run, request, parameters)
    } catch (error) {
      if (error instanceof Refusal) return refuse(error)
      if (isConflict(error)) return refuse(new Refusal('server-busy', 1))
      context.log.error(`route ${name} failed`, error)
      if (isOverloaded(error)) return refuse(new Refusal('server-busy', 5))
      if (isFull(error)) return refuse(new Refusal('server-full'))
      return refuse(new Refusal('server-error'))
    }
  }
}

async function answer<N extends RouteName, A extends Access>(
  context: ServerContext,
  name: N,
  access: A,
  run: UseCase<N, A>,
  request: Request,
  rawParameters: Readonly<Record<string, string>>,
): Promise<Response> {
  const route: Route = routes[name]
  if (route.body !== null) requireSameOrigin(context, request)
  const parameters = parseParameters(rawParameters)
  const cookies = readCookies(request)
  const token = access === 'public' ? undefined : cookies.get(sessionCookieName(context.publicUrl))
  const caller = await findCaller(context, token)
  requireAccess(access, caller)
  const body = await parseBody(route, request)
  const reply = { status: 200, cookies: [] as string[] }
  const call: Call<RouteName, Access> = {
    context,
    body,
    parameters,
    query: new URL(request.url).searchParams,
    caller,
    client: clientOf(context, request),
    cookies,
    signal: request.signal,
    reply,
  } as Call<RouteName, Access>
  const result = await run(call)
  // An answer that is a stream is the use case's own.
  if (result instanceof Response) return result
  const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store' })
  for (const value of reply.cookies) headers.append('set-cookie', value)
  return new Response(JSON.stringify(route.answer.parse(result)), { status: reply.status, headers })
}

function requireAccess(access: Access, caller: Caller | null): void {
  if (access === 'anyone' || access === 'public') return
  if (caller === null) throw new Refusal('not-signed-in')
  if (access === 'school-admin' && !caller.account.schoolAdmin) throw new Refusal('not-permitted')
}

/** Browsers send `Origin` with every mutating request; it must be a page of this site. */
function requireSameOrigin(context: ServerContext, request: Request): void {
  const { headers } = request
  if (!isOwnSite(headers.get('origin'), headers.get('host'), context.publicUrl)) {
    throw new Refusal('not-same-origin')
  }
}

function parseParameters(raw: Readonly<Record<string, string>>): Record<string, string> {
  const parsed: Record<string, string> = {}
  for (const [name, value] of Object.entries(raw)) {
    const result = parameterSchemas[name]?.safeParse(unescaped(value))
    if (result?.success !== true) throw new Refusal('not-found')
    parsed[name] = result.data
  }
  return parsed
}

/** Null where the escapes are none. */
function unescaped(value: string): string | null {
  try {
    return decodeURIComponent(value)
  } catch {
    return null
  }
}

async function parseBody(route: Route, request: Request): Promise<unknown> {
  if (route.body === null) return null
  const json = await readBody(request, route.bodyLimit ?? DEFAULT_BODY_LIMIT)
  const parsed = route.body.safeParse(json)
  if (parsed.success) return parsed.data
  throw new BadRequest((parsed.error.issues[0]?.path ?? []).map(String).join('.'))
}

/** `bad-request`, with the field that was not understood. */
class BadRequest extends Refusal {
  readonly at: string

  constructor(at: string) {
    super('bad-request')
    this.at = at
  }
}

function clientOf(context: ServerContext, request: Request): Client {
  const { headers } = request
  return {
    address: headers.get('x-attune-address') ?? '',
    local: isLocalRequest(headers, context.publicUrl),
    device: deviceOf(headers.get('user-agent') ?? ''),
  }
}

function refuse(refusal: Refusal): Response {
  const { code, message, status, retryAfterSeconds } = refusal
  const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store' })
  if (retryAfterSeconds !== undefined) headers.set('retry-after', String(retryAfterSeconds))
  const at = refusal instanceof BadRequest && refusal.at !== '' ? { at: refusal.at } : {}
  const error = {
    code,
    message,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...at,
  }
  return new Response(JSON.stringify({ error }), { status, headers })
}
