/**
 * What a request handler is given, and the two shapes it can have: one for a member of a class, one
 * for entering. A handler gets data that its schema accepted and a role that may ask; it throws
 * coded errors alone.
 */
import type { Admission, ClassRegistry, Membership } from '../class/class-registry.ts'
import type { MemberConnection } from '../class/member.ts'
import type { Clock } from '../clock.ts'
import type { Logger } from '../log.ts'
import type { IceServer, Method, RequestData, ResponseData } from '../protocol/index.ts'
import type { TicketChecker } from './tickets.ts'

/** The parts of the media server that handlers may use. */
export interface Services {
  registry: ClassRegistry
  tickets: TicketChecker
  clock: Clock
  log: Logger
  /** TURN servers with fresh credentials. */
  iceServers: () => IceServer[]
}

/** `join` and `resume`: the ways to a membership. */
export type EntryMethod = 'join' | 'resume'

export type MemberMethod = Exclude<Method, EntryMethod>

export type EntryHandler<M extends EntryMethod> = (
  context: { services: Services; connection: MemberConnection },
  data: RequestData<M>,
) => Promise<{ admission: Admission; answer: ResponseData<M> }>

export interface MemberContext extends Membership {
  services: Services
}

export type MemberHandler<M extends MemberMethod> = (
  context: MemberContext,
  data: RequestData<M>,
) => Promise<ResponseData<M>> | ResponseData<M>
