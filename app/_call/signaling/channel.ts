/**
 * One connection to the media server: requests with their answers, and notifications. Whatever
 * comes in is parsed before anything sees it. A channel lives as long as its socket: it never
 * reconnects, and everything that is still unanswered when it closes fails.
 */
import {
  type Method,
  type Notification,
  readServerMessage,
  type RequestData,
  requests,
  type ResponseData,
  type ResponseEnvelope,
  SignalingError,
} from '../../../sfu/protocol/index.ts'
import { CallError } from '../errors.ts'
import type { Timers } from '../timers.ts'
import type { OpenSocket, Socket } from './socket.ts'

/** A socket that takes longer to open is lost on the way: browsers themselves wait for minutes. */
const OPEN_WITHIN_MS = 10_000

/** An answer that takes longer than this will not come: the connection is dead. */
const ANSWER_WITHIN_MS = 8_000

/** The class's clock comes every minute; a connection that was silent for longer is dead. */
const SILENCE_LIMIT_MS = 90_000

export type ChannelOptions = {
  url: string
  openSocket: OpenSocket
  timers: Timers
  onNotification: (notification: Notification) => void
  /** Called once, with the WebSocket's close code. */
  onClosed: (code: number) => void
}

type Pending = {
  settle: (response: ResponseEnvelope) => void
  fail: (error: CallError) => void
  callOff: () => void
}

/** Close code for a connection that this side gave up. */
const GAVE_UP = 4900

export class Channel {
  readonly #options: ChannelOptions
  readonly #socket: Socket
  readonly #pending = new Map<number, Pending>()
  readonly #opened = Promise.withResolvers<undefined>()
  #nextId = 1
  #open = false
  #closed = false
  readonly #callOffOpening: () => void
  #callOffSilence: (() => void) | null = null

  constructor(options: ChannelOptions) {
    this.#options = options
    // Nobody may be waiting when it fails before it opens.
    this.#opened.promise.catch(() => undefined)
    this.#watchSilence()
    this.#callOffOpening = options.timers.after(OPEN_WITHIN_MS, () => {
      this.#end(GAVE_UP)
    })
    this.#socket = options.openSocket(options.url, {
      opened: () => {
        this.#open = true
        this.#callOffOpening()
        this.#opened.resolve(undefined)
      },
      message: (text) => {
        this.#receive(text)
      },
      closed: (code) => {
        this.#end(code)
      },
    })
  }

  /** Whether the socket has ever opened. */
  get open(): boolean {
    return this.#open
  }

  get closed(): boolean {
    return this.#closed
  }

  /**
   * Asks the media server.
   *
   * @throws SignalingError with the server's code
   * @throws CallError `connection-closed`, `request-timeout`, `invalid-message`
   */
  async request<M extends Method>(method: M, data: RequestData<M>): Promise<ResponseData<M>> {
    // Over an open socket it goes at once, before whatever this turn has still to draw.
    if (!this.#open) await this.#opened.promise
    if (this.#closed) throw lost()
    const id = this.#nextId++
    const { promise, resolve, reject } = Promise.withResolvers<ResponseEnvelope>()
    const callOff = this.#options.timers.after(ANSWER_WITHIN_MS, () => {
      reject(new CallError('request-timeout', `request() [method:${method}]`))
      this.#end(GAVE_UP)
    })
    this.#pending.set(id, { settle: resolve, fail: reject, callOff })
    this.#socket.send(JSON.stringify({ id, method, data }))
    const response = await promise
    if (!response.ok) throw new SignalingError(response.error.code)
    const parsed = requests[method].response.safeParse(response.data)
    if (!parsed.success) {
      throw new CallError('invalid-message', `request() [method:${method}]`, {
        cause: parsed.error,
      })
    }
    // Schema and type come from the same entry of `requests`, which the compiler cannot follow.
    return parsed.data as ResponseData<M>
  }

  /** Ends the connection; `onClosed` follows at once. */
  close(): void {
    this.#end(GAVE_UP)
  }

  #receive(text: string): void {
    if (this.#closed) return
    this.#watchSilence()
    const message = readServerMessage(text)
    if (message.type === 'notification') this.#options.onNotification(message.notification)
    if (message.type !== 'response') return
    const pending = this.#pending.get(message.response.id)
    this.#pending.delete(message.response.id)
    pending?.callOff()
    pending?.settle(message.response)
  }

  #watchSilence(): void {
    this.#callOffSilence?.()
    this.#callOffSilence = this.#options.timers.after(SILENCE_LIMIT_MS, () => {
      this.#end(GAVE_UP)
    })
  }

  #end(code: number): void {
    if (this.#closed) return
    this.#closed = true
    this.#callOffOpening()
    this.#callOffSilence?.()
    this.#opened.reject(lost())
    for (const { fail, callOff } of this.#pending.values()) {
      callOff()
      fail(lost())
    }
    this.#pending.clear()
    if (code === GAVE_UP) this.#socket.close()
    this.#options.onClosed(code)
  }
}

function lost(): CallError {
  return new CallError('connection-closed', 'the connection to the media server is closed')
}
