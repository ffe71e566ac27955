/**
 * A network between browsers and the service that a test can cut and change: UDP and TCP at one address are carried to
 * another. A pause is a cut, which nobody is told of; a new source port is a changed address. It looks into nothing.
 */
import { createSocket, type RemoteInfo, type Socket as DatagramSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

export interface RelayOptions {
  /** Where browsers connect to. */
  readonly from: { readonly host: string; readonly port: number }
  /** Where the service is. */
  readonly to: { readonly host: string; readonly port: number }
  /** Whether UDP is carried too; TCP always is. */
  readonly udp: boolean
}

/** One browser's way through: the socket that the service sees it at. */
interface Way {
  upstream: DatagramSocket
  readonly client: RemoteInfo
}

export class Relay {
  readonly #options: RelayOptions
  readonly #server: Server
  readonly #door: DatagramSocket | null
  readonly #ways = new Map<string, Way>()
  readonly #pairs = new Set<readonly [Socket, Socket]>()
  #cut = false
  #blockUdp = false
  #onlyFrom: string | null = null

  private constructor(options: RelayOptions) {
    this.#options = options
    this.#server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => {
      this.#carry(client)
    })
    this.#door = options.udp ? createSocket('udp4') : null
    this.#door?.on('message', (bytes, client) => {
      if (this.#cut || this.#blockUdp || !this.#admits(client.address)) return
      this.#wayOf(client).upstream.send(bytes)
    })
  }

  static async open(options: RelayOptions): Promise<Relay> {
    const relay = new Relay(options)
    relay.#server.listen(options.from)
    await once(relay.#server, 'listening')
    if (relay.#door !== null) {
      relay.#door.bind(options.from.port, options.from.host)
      await once(relay.#door, 'listening')
    }
    return relay
  }

  /** Nothing passes any more, and nothing says so: packets are lost, connections go silent. */
  cut(): void {
    this.#cut = true
    for (const [client, upstream] of this.#pairs) {
      client.pause()
      upstream.pause()
    }
  }

  /** Everything passes again. Connections that were silent may have been given up by then. */
  mend(): void {
    this.#cut = false
    for (const [client, upstream] of this.#pairs) {
      client.resume()
      upstream.resume()
    }
  }

  /** Only TCP passes, as in a network that allows nothing else. */
  blockUdp(block: boolean): void {
    this.#blockUdp = block
  }

  /** Only what comes from one address passes; null opens the way for all again. */
  onlyFrom(address: string | null): void {
    this.#onlyFrom = address
    for (const [client, upstream] of this.#pairs) {
      if (this.#admits(client.remoteAddress)) continue
      client.destroy()
      upstream.destroy()
    }
  }

  /** From here on the service sees every browser at another address: UDP has new source ports, TCP is cut off. */
  changeAddresses(): void {
    for (const way of this.#ways.values()) {
      way.upstream.close()
      way.upstream = this.#openUpstream(way.client)
    }
    this.dropConnections()
  }

  /** Ends every TCP connection at both ends. */
  dropConnections(): void {
    for (const [client, upstream] of this.#pairs) {
      client.destroy()
      upstream.destroy()
    }
    this.#pairs.clear()
  }

  async close(): Promise<void> {
    this.dropConnections()
    for (const { upstream } of this.#ways.values()) upstream.close()
    this.#door?.close()
    await new Promise((done) => this.#server.close(done))
  }

  #admits(address: string | undefined): boolean {
    return this.#onlyFrom === null || this.#onlyFrom === address
  }

  #wayOf(client: RemoteInfo): Way {
    const key = `${client.address}:${String(client.port)}`
    const known = this.#ways.get(key)
    if (known !== undefined) return known
    const way = { client, upstream: this.#openUpstream(client) }
    this.#ways.set(key, way)
    return way
  }

  #openUpstream(client: RemoteInfo): DatagramSocket {
    const { host, port } = this.#options.to
    const socket = createSocket('udp4')
    socket.connect(port, host)
    socket.on('message', (bytes) => {
      if (!this.#cut && !this.#blockUdp) this.#door?.send(bytes, client.port, client.address)
    })
    // The service may be down for a moment: packets are lost then, as on any network.
    socket.on('error', () => undefined)
    // Packets wait until the socket is connected; in that moment it cannot send.
    const send = socket.send.bind(socket)
    let connected = false
    socket.once('connect', () => {
      connected = true
    })
    socket.send = (bytes: Parameters<typeof send>[0]) => {
      if (connected) send(bytes)
    }
    return socket
  }

  #carry(client: Socket): void {
    if (!this.#admits(client.remoteAddress)) {
      client.destroy()
      return
    }
    const { host, port } = this.#options.to
    const upstream = connect({ host, port, allowHalfOpen: true })
    const pair = [client, upstream] as const
    this.#pairs.add(pair)
    const end = (): void => {
      client.destroy()
      upstream.destroy()
      this.#pairs.delete(pair)
    }
    for (const socket of pair) {
      socket.on('error', end)
      socket.on('close', end)
    }
    client.on('data', (bytes) => upstream.write(bytes))
    upstream.on('data', (bytes) => client.write(bytes))
    client.on('end', () => upstream.end())
    upstream.on('end', () => client.end())
    if (this.#cut) upstream.pause()
    else client.resume()
  }
}
