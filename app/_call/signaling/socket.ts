/**
 * The few things that signalling needs of a WebSocket, so that a test can hand in its own. It must
 * never look into a message.
 */

export type Socket = {
  send(text: string): void
  close(code?: number): void
}

export type SocketEvents = {
  opened(): void
  message(text: string): void
  /** The last event of a socket, whether it ever opened or not. */
  closed(code: number): void
}

export type OpenSocket = (url: string, events: SocketEvents) => Socket

/** Opens a browser's WebSocket. A relative `url` is taken from the page's own origin. */
export const openBrowserSocket: OpenSocket = (url, events) => {
  const target = new URL(url, location.href)
  target.protocol = target.protocol === 'https:' ? 'wss:' : 'ws:'
  const socket = new WebSocket(target)
  socket.onopen = () => {
    events.opened()
  }
  socket.onmessage = ({ data }) => {
    if (typeof data === 'string') events.message(data)
  }
  socket.onclose = ({ code }) => {
    events.closed(code)
  }
  return {
    send: (text) => {
      socket.send(text)
    },
    close: (code) => {
      socket.close(code)
    },
  }
}
