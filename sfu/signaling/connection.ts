/**
 * One WebSocket: reads its messages in order, within limits, and writes answers and notifications.
 * Whatever comes in, the worst that can happen is a coded refusal or the end of this one connection.
 */
import type { WebSocket } from 'ws'
import type { Membership } from '../class/class-registry.ts'
import type { MemberConnection } from '../class/member.ts'
import type { Cancel, Clock } from '../clock.ts'
import type { Logger } from '../log.ts'
import {
  type CloseCode,
  closeCodes,
  type Notification,
  type ReadRequest,
  readRequest,
  type RequestEnvelope,
  type ResponseEnvelope,
  SignalingError,
  type SignalingErrorCode,
} from '../protocol/index.ts'
import { SerialQueue } from '../serial-queue.ts'
import { TokenBucket } from '../token-bucket.ts'
import { type Dispatcher, dispatch, dispatchEntry } from './dispatch.ts'

export interface ConnectionOptions {
  socket: WebSocket
  dispatcher: Dispatcher
  clock: Clock
  log: Logger
  /** Called when it is ended for what it did. */
  onCutOff: (reason: 'message-rate' | 'slow-reader') => void
  /** Called once, when the socket is gone. */
  onClosed: () => void
}

/** Time to join in, in milliseconds. */
const JOIN_LIMIT = 15_000
/** Refused attempts to join on one connection. */
const JOIN_ATTEMPTS = 3
/** Bytes that may wait for a reader. */
const SLOW_READER_BYTES = 2 * 1_048_576
/** Requests that may wait for their turn. */
const WAITING_LIMIT = 1_000
/** What a message that makes no sense counts for, in messages. */
const MALFORMED_COST = 10
/** Messages over the limit that are answered before the connection ends. */
const EXCESS_LIMIT = 100
const EXCESS_FORGIVEN_PER_SECOND = 1

export class Connection implements MemberConnection {
  readonly #options: ConnectionOptions
  readonly #cancelJoinLimit: Cancel
  readonly #strangerMessages: TokenBucket
  readonly #excess: TokenBucket
  readonly #turns = new SerialQueue()
  #membership: Membership | null = null
  /** Gives up the place at the door, while there is one. */
  #leaveDoor: (() => void) | null = null
  #attempts = 0
  /** Notifications wait here while the answer to `join` or `resume` is on its way. */
  #held: Notification[] = []
  #answered = true
  #ended = false
  #heard = true

  constructor(options: ConnectionOptions) {
    this.#options = options
    const { socket, clock } = options
    this.#strangerMessages = new TokenBucket(clock, { burst: MALFORMED_COST * 2, perSecond: 1 })
    this.#excess = new TokenBucket(clock, {
      burst: EXCESS_LIMIT,
      perSecond: EXCESS_FORGIVEN_PER_SECOND,
    })
    this.#cancelJoinLimit = clock.after(JOIN_LIMIT, () => {
      if (this.#membership === null) this.end(closeCodes.notJoined)
    })
    socket.on('message', (data, isBinary) => {
      this.#read(data, isBinary)
    })
    socket.on('pong', () => {
      this.#heard = true
    })
    socket.on('close', () => {
      this.#closed()
    })
    socket.on('error', (error) => {
      // ws closes the socket itself; an oversized message arrives here too.
      options.log.debug({ err: error }, 'socket error')
    })
  }

  notify(notification: Notification): void {
    if (this.#answered) this.#write(notification)
    else this.#held.push(notification)
  }

  end(code: CloseCode): void {
    if (this.#ended) return
    this.#ended = true
    this.#cancelJoinLimit()
    for (const notification of this.#held.splice(0)) this.#write(notification)
    this.#options.socket.close(code)
  }

  /** Asks for a sign of life; ends a connection that gave none since the last time. */
  beat(): void {
    if (!this.#heard) {
      this.#options.socket.terminate()
      return
    }
    this.#heard = false
    this.#options.socket.ping()
  }

  #read(data: unknown, isBinary: boolean): void {
    if (this.#ended) return
    const read: ReadRequest = isBinary ? { ok: false, id: 0 } : readRequest(String(data))
    const id = read.ok ? read.request.id : read.id
    const bucket = this.#membership?.member.messages ?? this.#strangerMessages
    if (!bucket.take(read.ok ? 1 : MALFORMED_COST)) {
      this.#refuse(id, 'rate-limited')
      if (!this.#excess.take()) this.#cutOff('message-rate', closeCodes.abuse)
      return
    }
    if (!read.ok) {
      this.#refuse(id, 'malformed-message')
      return
    }
    if (this.#turns.length >= WAITING_LIMIT) {
      this.#refuse(id, 'rate-limited')
      return
    }
    this.#turns
      .run(() => this.#serve(read.request))
      .catch((error: unknown) => {
        this.#options.log.error({ err: error }, 'request not served')
        this.#options.socket.terminate()
      })
  }

  async #serve(request: RequestEnvelope): Promise<void> {
    if (this.#ended) return
    if (this.#membership === null) {
      await this.#serveStranger(request)
      return
    }
    const membership = this.#membership
    const response = await membership.member.turns.run(() =>
      dispatch(this.#options.dispatcher, membership, request),
    )
    this.#write(response)
    if (membership.member.ended) this.end(closeCodes.membershipEnded)
  }

  async #serveStranger(request: RequestEnvelope): Promise<void> {
    this.#answered = false
    // Whoever knocks again, or was let in, gives up the place at the door.
    if (request.method === 'join') this.#giveUpDoor()
    const { response, admission } = await dispatchEntry(this.#options.dispatcher, this, request)
    this.#membership = admission?.membership ?? null
    if (admission?.membership === null) this.#leaveDoor = admission.leaveDoor
    this.#write(response)
    this.#answered = true
    if (admission === null) {
      this.#held = []
      this.#attempts += 1
      if (this.#attempts >= JOIN_ATTEMPTS) this.end(closeCodes.notJoined)
      return
    }
    this.#attempts = 0
    this.#cancelJoinLimit()
    const now = this.#options.clock.now()
    this.#write({ notification: 'clock', data: { now } })
    for (const notification of this.#held.splice(0)) this.#write(notification)
    // The socket may have closed while the answer was being made.
    if (this.#options.socket.readyState !== this.#options.socket.OPEN) this.#interrupt()
  }

  #giveUpDoor(): void {
    this.#leaveDoor?.()
    this.#leaveDoor = null
  }

  #refuse(id: number, code: SignalingErrorCode): void {
    const { message } = new SignalingError(code)
    this.#write({ id, ok: false, error: { code, message } })
  }

  #write(message: Notification | ResponseEnvelope): void {
    const { socket } = this.#options
    if (socket.readyState !== socket.OPEN) return
    socket.send(JSON.stringify(message))
    if (socket.bufferedAmount > SLOW_READER_BYTES)
      this.#cutOff('slow-reader', closeCodes.slowReader)
  }

  #cutOff(reason: 'message-rate' | 'slow-reader', code: CloseCode): void {
    const liveClass = this.#membership?.liveClass.info.id
    this.#options.log.warn({ reason, class: liveClass ?? null }, 'connection cut off')
    this.#options.onCutOff(reason)
    this.#ended = true
    this.#cancelJoinLimit()
    this.#options.socket.close(code)
    // A peer that reads nothing never answers the closing handshake.
    this.#options.socket.terminate()
  }

  #closed(): void {
    this.#ended = true
    this.#cancelJoinLimit()
    this.#interrupt()
    this.#options.onClosed()
  }

  /** The membership goes on without a connection, unless a newer one serves it by now. */
  #interrupt(): void {
    this.#giveUpDoor()
    if (this.#membership === null) return
    const { liveClass, member } = this.#membership
    if (member.connection === this) liveClass.interrupt(member)
  }
}
