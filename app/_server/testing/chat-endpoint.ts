/** A small server that speaks the protocol of an OpenAI-compatible chat endpoint, for tests: it notes what it is asked. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Asked {
  readonly path: string
  readonly authorization: string | undefined
  readonly body: { model: string; stream: boolean; messages: { role: string; content: string }[] }
}

/** Answers as an OpenAI-compatible endpoint does: server-sent events of deltas. */
export class ChatEndpoint {
  readonly asked: Asked[] = []
  answer: (response: ServerResponse) => void = (response) => {
    say(response, ['Hello ', 'there.'])
    end(response)
  }
  closed = 0
  url = ''
  readonly #server = createServer((request, response) => {
    void this.#take(request, response)
  })

  async open(): Promise<void> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    this.url = `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}/v1`
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Asked['body']
    this.asked.push({ path: request.url ?? '', authorization: request.headers.authorization, body })
    response.on('close', () => {
      this.closed += 1
    })
    this.answer(response)
  }
}

/** Sends pieces of an answer. */
export function say(response: ServerResponse, pieces: readonly string[]): void {
  if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const content of pieces) {
    const choice = { index: 0, delta: { role: 'assistant', content }, finish_reason: null }
    response.write(
      `data: ${JSON.stringify({ id: 'a', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [choice] })}\n\n`,
    )
  }
}

/** Ends an answer. */
export function end(response: ServerResponse): void {
  const choice = { index: 0, delta: {}, finish_reason: 'stop' }
  response.write(
    `data: ${JSON.stringify({ id: 'a', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [choice] })}\n\n`,
  )
  response.end('data: [DONE]\n\n')
}
