/**
 * From a request's frame to its answer: finds the method, parses the data, asks the role table, runs
 * the handler, and turns whatever goes wrong into a coded error. It never throws.
 */
import type { Admission, Membership } from '../class/class-registry.ts'
import type { MemberConnection } from '../class/member.ts'
import { mayRequest } from '../class/permissions.ts'
import type { Logger } from '../log.ts'
import { isWorkerGone } from '../media/media-refused.ts'
import {
  isMethod,
  type Method,
  type RequestData,
  type RequestEnvelope,
  requests,
  type ResponseData,
  type ResponseEnvelope,
  SignalingError,
  type SignalingErrorCode,
} from '../protocol/index.ts'
import type { EntryMethod, MemberMethod, Services } from './handler.ts'
import { entryHandlers, memberHandlers } from './handlers/index.ts'

export interface Dispatcher {
  services: Services
  log: Logger
  /** Called with the code of each refusal. */
  onRefused: (code: SignalingErrorCode) => void
}

/** Serves a request of a connection that has no membership yet; a good one gives it one, or a wait. */
export async function dispatchEntry(
  { services, log, onRefused }: Dispatcher,
  connection: MemberConnection,
  request: RequestEnvelope,
): Promise<{ response: ResponseEnvelope; admission: Admission | null }> {
  try {
    const method = requireMethod(request.method)
    if (!isEntryMethod(method)) throw new SignalingError('not-joined')
    const { admission, answer } = await enter(method, services, connection, request.data)
    return { response: { id: request.id, ok: true, data: answer }, admission }
  } catch (error) {
    return { response: refusal(request, error, { log, onRefused }), admission: null }
  }
}

/** Serves a request of a member. */
export async function dispatch(
  { services, log, onRefused }: Dispatcher,
  membership: Membership,
  request: RequestEnvelope,
): Promise<ResponseEnvelope> {
  try {
    const method = requireMethod(request.method)
    if (isEntryMethod(method)) throw new SignalingError('already-joined')
    if (membership.member.ended) throw new SignalingError('not-joined')
    if (!mayRequest(membership.member.role, method)) throw new SignalingError('not-allowed')
    const data = await handle(method, { ...membership, services }, request.data)
    return { id: request.id, ok: true, data }
  } catch (error) {
    return refusal(request, error, { log, onRefused })
  }
}

async function enter<M extends EntryMethod>(
  method: M,
  services: Services,
  connection: MemberConnection,
  data: unknown,
): Promise<{ admission: Admission; answer: ResponseData<M> }> {
  return await entryHandlers[method]({ services, connection }, parseData(method, data))
}

async function handle<M extends MemberMethod>(
  method: M,
  context: Membership & { services: Services },
  data: unknown,
): Promise<ResponseData<M>> {
  return await memberHandlers[method](context, parseData(method, data))
}

function requireMethod(name: string): Method {
  if (!isMethod(name)) throw new SignalingError('unknown-method')
  return name
}

function isEntryMethod(method: Method): method is EntryMethod {
  return Object.hasOwn(entryHandlers, method)
}

function parseData<M extends Method>(method: M, data: unknown): RequestData<M> {
  const parsed = requests[method].request.safeParse(data)
  if (!parsed.success) throw new SignalingError('invalid-data')
  // The schema is that of the same method, which the compiler cannot follow.
  return parsed.data as RequestData<M>
}

function refusal(
  { id, method }: RequestEnvelope,
  error: unknown,
  { log, onRefused }: Pick<Dispatcher, 'log' | 'onRefused'>,
): ResponseEnvelope {
  const { code, message, cause } = codedError(error)
  onRefused(code)
  const line = {
    code,
    ...(isMethod(method) && { method }),
    ...(cause !== undefined && { err: cause }),
  }
  if (code === 'internal') log.error(line, 'request failed')
  else log.debug(line, 'request refused')
  return { id, ok: false, error: { code, message } }
}

function codedError(error: unknown): SignalingError {
  if (error instanceof SignalingError) return error
  return new SignalingError(isWorkerGone(error) ? 'media-unavailable' : 'internal', {
    cause: error,
  })
}
