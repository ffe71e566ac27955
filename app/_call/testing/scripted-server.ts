/**
 * The other end of signalling for tests of the engine: sockets whose answers a test scripts, in the
 * protocol's own schemas. It plays no media server: what it is not told, it does not answer.
 */
import { type Entry, readRequest } from '../../../sfu/protocol/index.ts'
import type { OpenSocket, SocketEvents } from '../signaling/socket.ts'

export type Answer =
  { ok: true; data: unknown } | { ok: false; error: { code: string; message: string } }

export type Connection = {
  readonly url: string
  /** Methods in the order in which they were asked. */
  readonly asked: { method: string; data: unknown }[]
  notify(notification: string, data: unknown): void
  /** Sends any text as it is. */
  say(text: string): void
  drop(code?: number): void
}

export type ScriptedServer = {
  readonly openSocket: OpenSocket
  readonly connections: Connection[]
  /** What to answer; null for no answer at all. */
  answer: (method: string, data: unknown, connection: Connection) => Answer | null
  /** Whether new sockets open; false: they close at once; null: they hang, as on a network that is gone. */
  reachable: boolean | null
}

export const ok = (data: unknown = {}): Answer => ({ ok: true, data })
export const refuse = (code: string): Answer => ({ ok: false, error: { code, message: code } })

/** A server that lets in whoever asks. */
export function createScriptedServer(entry: Entry): ScriptedServer {
  const server: ScriptedServer = {
    connections: [],
    reachable: true,
    answer: (method) => {
      if (method === 'join') return ok(entry)
      if (method === 'resume') return ok({ ...entry, transports: [] })
      return ok()
    },
    openSocket: (url, events) => {
      const connection = connect(url, events, server)
      server.connections.push(connection.connection)
      queueMicrotask(() => {
        if (server.reachable === null) return
        if (server.reachable) events.opened()
        else connection.connection.drop(1006)
      })
      return connection.socket
    },
  }
  return server
}

function connect(
  url: string,
  events: SocketEvents,
  server: ScriptedServer,
): { connection: Connection; socket: ReturnType<OpenSocket> } {
  let open = true
  const say = (text: string): void => {
    queueMicrotask(() => {
      if (open) events.message(text)
    })
  }
  const connection: Connection = {
    url,
    asked: [],
    say,
    notify: (notification, data) => {
      say(JSON.stringify({ notification, data }))
    },
    drop: (code = 1006) => {
      if (!open) return
      open = false
      events.closed(code)
    },
  }
  return {
    connection,
    socket: {
      send(text) {
        const read = readRequest(text)
        if (!read.ok) throw new Error(`not a request: ${text}`)
        const { request } = read
        connection.asked.push({ method: request.method, data: request.data })
        const answer = server.answer(request.method, request.data, connection)
        if (answer !== null) say(JSON.stringify({ id: request.id, ...answer }))
      },
      close() {
        connection.drop(1000)
      },
    },
  }
}
