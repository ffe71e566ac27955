/**
 * Janus' JSON protocol over its WebSocket, as far as the VideoRoom needs it: sessions, handles, requests that are
 * answered at once and those whose answer is an event.
 */
import { randomUUID } from 'node:crypto'
import { WebSocket } from 'ws'
import * as z from 'zod'
import { BenchError } from '../../report/part.ts'

const jsepSchema = z.object({ type: z.enum(['offer', 'answer']), sdp: z.string() })
export type Jsep = z.infer<typeof jsepSchema>

const messageSchema = z.object({
  janus: z.string(),
  transaction: z.string().optional(),
  sender: z.number().optional(),
  data: z.object({ id: z.number() }).optional(),
  error: z.object({ code: z.number(), reason: z.string() }).optional(),
  plugindata: z.object({ data: z.record(z.string(), z.unknown()) }).optional(),
  jsep: jsepSchema.optional(),
})
type Message = z.infer<typeof messageSchema>

/** What the plugin answered. */
export interface PluginAnswer {
  readonly data: Readonly<Record<string, unknown>>
  readonly jsep: Jsep | null
}

export class JanusApi {
  readonly #socket: WebSocket
  readonly #waiting = new Map<string, (message: Message) => void>()
  #session = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', (bytes: Buffer) => {
      const message = messageSchema.parse(JSON.parse(bytes.toString('utf8')))
      // An acknowledgement says only that the answer will be an event.
      if (message.janus === 'ack' || message.transaction === undefined) return
      this.#waiting.get(message.transaction)?.(message)
      this.#waiting.delete(message.transaction)
    })
  }

  static async connect(url: string): Promise<JanusApi> {
    const socket = new WebSocket(url, 'janus-protocol')
    await new Promise((resolve, reject) => {
      socket.once('open', resolve)
      socket.once('error', reject)
    })
    const api = new JanusApi(socket)
    api.#session = (await api.#ask({ janus: 'create' })).data?.id ?? 0
    return api
  }

  /** A handle of the VideoRoom plugin: one peer connection. */
  async attach(): Promise<number> {
    const answer = await this.#ask({ janus: 'attach', plugin: 'janus.plugin.videoroom' })
    return answer.data?.id ?? 0
  }

  async detach(handle: number): Promise<void> {
    await this.#ask({ janus: 'detach', handle_id: handle })
  }

  async message(handle: number, body: object, jsep?: Jsep): Promise<PluginAnswer> {
    const message = { janus: 'message', handle_id: handle, body }
    const answer = await this.#ask(jsep === undefined ? message : { ...message, jsep })
    const data = answer.plugindata?.data ?? {}
    if (data['error'] !== undefined)
      throw new BenchError('peer-failed', `Janus: ${JSON.stringify(data['error'])}`)
    return { data, jsep: answer.jsep ?? null }
  }

  /** The member has no candidates to name: it calls first. */
  async noCandidates(handle: number): Promise<void> {
    await this.#ask({ janus: 'trickle', handle_id: handle, candidate: { completed: true } }, true)
  }

  close(): void {
    this.#socket.close()
  }

  async #ask(request: object, acknowledged = false): Promise<Message> {
    const transaction = randomUUID()
    const session = this.#session === 0 ? {} : { session_id: this.#session }
    const message = { ...request, ...session, transaction }
    if (acknowledged) {
      this.#socket.send(JSON.stringify(message))
      return { janus: 'ack' }
    }
    const answer = await new Promise<Message>((resolve) => {
      this.#waiting.set(transaction, resolve)
      this.#socket.send(JSON.stringify(message))
    })
    if (answer.error !== undefined)
      throw new BenchError('peer-failed', `Janus: ${answer.error.reason}`)
    return answer
  }
}
