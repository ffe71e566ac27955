/**
 * Real RTP without a browser: a member's transport is a plain one, from or to a UDP socket of the test, so that what
 * the server passes on is seen where it goes out. Only ICE and DTLS are left out; requests, rules and media are the
 * server's own.
 */
import { createSocket, type Socket } from 'node:dgram'
import type { types } from 'mediasoup'
import { vi } from 'vitest'
import type { Joined } from './open-class.ts'
import type { TestServer } from './test-server.ts'

const LOOPBACK = '127.0.0.1'
const RTP_VERSION = 0x80
const HEADER_BYTES = 12
const FRAME_SAMPLES = 960
/** Packet types 64 to 95 are RTCP's, which a receiver gets on the same port. */
const isRtp = (packet: Buffer): boolean => {
  const type = (packet[1] ?? 0) & 0x7f
  return type < 64 || type > 95
}

interface Microphone {
  readonly transportId: string
  /** Sends as a browser does, whatever the server has told it: packets one after the other. */
  send(packets: number): void
}

interface Loudspeaker {
  /** RTP packets that came out of the server. */
  readonly heard: () => number
  /** What is consumed on it. */
  readonly consumers: readonly types.Consumer[]
}

function routerOf(school: TestServer, { entry }: Joined): types.Router {
  const router = school.server.registry.find(entry.class.id)?.media?.router
  if (router === undefined) throw new Error('no class, or no media')
  return router
}

/** The member's next transport is a plain one, and is told to the member as if it were WebRTC's. */
async function nextTransport(
  school: TestServer,
  member: Joined,
  direction: 'send' | 'recv',
): Promise<{ transportId: string; plain: types.PlainTransport }> {
  const router = routerOf(school, member)
  const create = router.createWebRtcTransport.bind(router)
  const made: types.PlainTransport[] = []
  const stand = vi.spyOn(router, 'createWebRtcTransport')
  stand.mockImplementationOnce(async (options) => {
    const { iceParameters, iceCandidates, dtlsParameters } = await create(options)
    const plain = await router.createPlainTransport({
      listenInfo: { protocol: 'udp', ip: LOOPBACK },
      rtcpMux: true,
      comedia: direction === 'send',
      ...(options.appData && { appData: options.appData }),
    })
    made.push(plain)
    return Object.assign(plain, { iceParameters, iceCandidates, dtlsParameters }) as never
  })
  const { transportId } = await member.client.request('createTransport', { direction })
  stand.mockRestore()
  const [plain] = made
  if (plain === undefined) throw new Error('the transport was not made')
  return { transportId, plain }
}

async function openSocket(): Promise<Socket> {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, LOOPBACK, resolve))
  socket.unref()
  return socket
}

/** A line into the server. @param ssrc and type those of what is produced on it */
export async function speakInto(
  school: TestServer,
  member: Joined,
  ssrc: number,
  type: number,
): Promise<Microphone> {
  const { transportId, plain } = await nextTransport(school, member, 'send')
  const socket = await openSocket()
  let sequence = 1
  return {
    transportId,
    send(packets) {
      for (let count = 0; count < packets; count += 1) {
        const packet = Buffer.alloc(HEADER_BYTES + 40, 0x55)
        packet.writeUInt8(RTP_VERSION, 0)
        packet.writeUInt8(type, 1)
        packet.writeUInt16BE(sequence, 2)
        packet.writeUInt32BE(sequence * FRAME_SAMPLES, 4)
        packet.writeUInt32BE(ssrc, 8)
        sequence += 1
        socket.send(packet, plain.tuple.localPort, LOOPBACK)
      }
    },
  }
}

/** A line out of the server, on which the member then consumes. */
export async function listen(school: TestServer, member: Joined): Promise<Loudspeaker> {
  const { plain } = await nextTransport(school, member, 'recv')
  const consumers: types.Consumer[] = []
  plain.observer.on('newconsumer', (consumer) => consumers.push(consumer))
  const socket = await openSocket()
  let heard = 0
  socket.on('message', (packet) => {
    if (isRtp(packet)) heard += 1
  })
  await plain.connect({ ip: LOOPBACK, port: socket.address().port })
  return { heard: () => heard, consumers }
}

/** RTP packets that the media worker itself counted as come in by a producer, or gone out by a consumer. */
export async function packetsOf(counted: types.Producer | types.Consumer): Promise<number> {
  // A consumer tells its producer's figures too.
  const way = 'producerId' in counted ? 'outbound-rtp' : 'inbound-rtp'
  const stats = await counted.getStats()
  return stats
    .filter(({ type }) => type === way)
    .reduce((sum, { packetCount }) => sum + packetCount, 0)
}
