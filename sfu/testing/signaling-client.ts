/**
 * A browser's end of signalling for tests: a real WebSocket, every answer and notification parsed by
 * the protocol's own schemas, and waiting by condition, never by time.
 */
import { type ClientOptions, WebSocket } from 'ws'
import {
  type Entry,
  type Method,
  type Notification,
  type NotificationData,
  type NotificationName,
  readServerMessage,
  type RequestData,
  requests,
  type ResponseData,
  type ResponseEnvelope,
  type SignalingErrorCode,
} from '../protocol/index.ts'

export class SignalingClient {
  readonly socket: WebSocket
  /** Everything told unasked, oldest first. */
  readonly notifications: Notification[] = []
  readonly #answers = new Map<number, (response: ResponseEnvelope) => void>()
  readonly #watchers = new Set<() => void>()
  #lastId = 0
  closeCode: number | null = null

  private constructor(socket: WebSocket) {
    this.socket = socket
    socket.on('message', (data: Buffer) => {
      this.#read(data.toString('utf8'))
    })
    socket.on('close', (code) => {
      this.closeCode = code
      this.#look()
    })
  }

  static async open(url: string, options: ClientOptions = {}): Promise<SignalingClient> {
    const socket = new WebSocket(url, options)
    const client = new SignalingClient(socket)
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve)
      socket.once('error', reject)
    })
    return client
  }

  /** Sends a request and gives the good answer's data; anything else fails the test. */
  async request<M extends Method>(method: M, data: RequestData<M>): Promise<ResponseData<M>> {
    const response = await this.send(method, data)
    if (!response.ok) throw new Error(`${method}: ${response.error.code}`)
    return requests[method].response.parse(response.data) as ResponseData<M>
  }

  /** Joins with a ticket that lets in at once. */
  async enter(ticket: string): Promise<Entry> {
    const entry = await this.request('join', { ticket })
    if ('waiting' in entry) throw new Error('has to wait at the door')
    return entry
  }

  /** Sends a request that must be refused, and gives the code. */
  async refused(method: string, data: unknown): Promise<SignalingErrorCode> {
    const response = await this.send(method, data)
    if (response.ok) throw new Error(`${method} was not refused`)
    return response.error.code
  }

  async send(method: string, data: unknown): Promise<ResponseEnvelope> {
    const id = ++this.#lastId
    const answer = this.answer(id)
    this.socket.send(JSON.stringify({ id, method, data }))
    return await answer
  }

  /** The answer with that id, whenever it comes. */
  async answer(id: number): Promise<ResponseEnvelope> {
    return await new Promise((resolve) => this.#answers.set(id, resolve))
  }

  /** The first notification of that name that fits, past or to come. */
  async told<N extends NotificationName>(
    name: N,
    fits: (data: NotificationData<N>) => boolean = () => true,
  ): Promise<NotificationData<N>> {
    let found: NotificationData<N> | undefined
    await this.until(() => {
      found = this.allTold(name).find(fits)
      return found !== undefined
    })
    return found as NotificationData<N>
  }

  /** The data of every notification of that name so far. */
  allTold<N extends NotificationName>(name: N): NotificationData<N>[] {
    return this.notifications
      .filter((notification) => notification.notification === name)
      .map(({ data }) => data as NotificationData<N>)
  }

  /** The code that the socket was closed with. */
  async closed(): Promise<number> {
    await this.until(() => this.closeCode !== null)
    return this.closeCode ?? 0
  }

  async until(condition: () => boolean): Promise<void> {
    if (condition()) return
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (!condition()) return
        this.#watchers.delete(look)
        resolve()
      }
      this.#watchers.add(look)
    })
  }

  #read(text: string): void {
    const message = readServerMessage(text)
    if (message.type === 'unknown') throw new Error(`not in the protocol: ${text}`)
    if (message.type === 'notification') {
      this.notifications.push(message.notification)
    } else {
      this.#answers.get(message.response.id)?.(message.response)
      this.#answers.delete(message.response.id)
    }
    this.#look()
  }

  #look(): void {
    for (const watcher of [...this.#watchers]) watcher()
  }
}
