/**
 * Our sfu as it runs in the product: its own process, entered by join tickets over its WebSocket, every request as a
 * browser makes it. Members come from addresses of their own, as people do.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { ROOT } from '../../../bin/service.ts'
import { freePort } from '../../../e2e/support/school.ts'
import { systemClock } from '../../../sfu/clock.ts'
import type { ConsumerParameters, Entry, ResponseData } from '../../../sfu/protocol/index.ts'
import { MESSAGE_BURST, MESSAGES_PER_SECOND } from '../../../sfu/protocol/limits.ts'
import { SignalingClient } from '../../../sfu/testing/signaling-client.ts'
import { AUDIENCE, createTicketIssuer, NODE } from '../../../sfu/testing/ticket-issuer.ts'
import { BenchError } from '../../report/part.ts'
import { newIce, type Crowd } from '../crowd.ts'
import { ended, familyOf, streamsOf, type Gathering, type Peer } from './peer.ts'
import { cameraParameters, soundParameters, takenBy } from './rtp.ts'

type Issuer = Awaited<ReturnType<typeof createTicketIssuer>>

interface Member {
  readonly number: number
  readonly client: SignalingClient
  readonly entry: Entry
  /** Requests so far: a browser paces itself by the protocol's limits, and so does the crowd. */
  asked: number
  readonly send: ResponseData<'createTransport'>
  readonly recv: ResponseData<'createTransport'>
}

async function pace(member: Member, requests: number): Promise<void> {
  member.asked += requests
  if (member.asked > MESSAGE_BURST - 20) await after((1000 / MESSAGES_PER_SECOND) * requests * 1.2)
}

export class AttunePeer implements Peer {
  readonly name = 'Attune sfu'
  readonly version = 'this checkout'
  readonly #child: ChildProcess
  readonly #folder: string
  readonly #url: string
  readonly #issuer: Issuer
  #clients: SignalingClient[] = []

  private constructor(child: ChildProcess, folder: string, url: string, issuer: Issuer) {
    this.#child = child
    this.#folder = folder
    this.#url = url
    this.#issuer = issuer
  }

  static async start(workerBinary: string): Promise<AttunePeer> {
    const issuer = await createTicketIssuer(systemClock)
    const folder = mkdtempSync(join(tmpdir(), 'attune-bench-'))
    const key = join(folder, 'ticket.pem')
    writeFileSync(key, issuer.publicKey)
    const port = await freePort()
    const child = spawn(process.execPath, ['sfu/main.ts'], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        NODE_ENV: 'production',
        SFU_INTERNAL: `127.0.0.1:${port}`,
        SFU_NODE: NODE,
        SFU_PORT: String(await freePort()),
        SFU_WORKERS: '1',
        SFU_LISTEN_ADDRESS: '127.0.0.1',
        SFU_LOG_LEVEL: 'error',
        SFU_TICKET_PUBLIC_KEY: key,
        SFU_AUDIENCE: AUDIENCE,
        MEDIASOUP_WORKER_BIN: workerBinary,
      },
    })
    await untilServes(`http://127.0.0.1:${port}/internal/health`, child)
    return new AttunePeer(child, folder, `ws://127.0.0.1:${port}/signaling/${NODE}`, issuer)
  }

  pids(): readonly number[] {
    return familyOf(this.#child.pid ?? 0)
  }

  async gather(crowd: Crowd, group: number, gathering: Gathering): Promise<void> {
    const cls = randomUUID()
    const numbers = Array.from({ length: gathering.members }, (_, number) => number)
    const members = await Promise.all(numbers.map((number) => this.#enter(cls, number)))
    await Promise.all(members.map((member) => this.#connect(crowd, group, member, gathering)))
    await Promise.all(members.map((member) => this.#receive(member, gathering)))
  }

  /** One member's way from the ticket to two transports. */
  async #enter(cls: string, number: number): Promise<Member> {
    const address = `198.51.100.${String(1 + (number % 250))}`
    const client = await SignalingClient.open(this.#url, {
      headers: { 'x-forwarded-for': address },
    })
    this.#clients.push(client)
    const role = number === 0 ? 'teacher' : 'student'
    const ticket = await this.#issuer.ticket({
      cls,
      role,
      name: `Member ${number}`,
      readings: 'off',
    })
    const entry = await client.enter(ticket)
    const [send, recv] = await Promise.all([
      client.request('createTransport', { direction: 'send' }),
      client.request('createTransport', { direction: 'recv' }),
      client.request('setRtpCapabilities', {
        rtpCapabilities: takenBy(entry.routerRtpCapabilities),
      }),
    ])
    return { number, client, entry, asked: 4, send, recv }
  }

  async #connect(crowd: Crowd, group: number, member: Member, gathering: Gathering): Promise<void> {
    const { client, number } = member
    const layered = gathering.visible !== null
    const join = async (created: ResponseData<'createTransport'>): Promise<number> => {
      const { transportId } = created
      const fingerprints = [{ algorithm: 'sha-256' as const, value: crowd.fingerprint }]
      const dtlsParameters = { role: 'client' as const, fingerprints }
      const { id, connected } = crowd.open(group, newIce(), remoteOf(created), 'client')
      await client.request('connectTransport', { transportId, dtlsParameters })
      await connected
      return id
    }
    const receiving = join(member.recv)
    if (number < gathering.senders) {
      const id = await join(member.send)
      const { transportId } = member.send
      for (const stream of streamsOf(group, number, layered)) crowd.send(id, stream)
      await Promise.all([
        client.request('produce', {
          transportId,
          kind: 'audio',
          source: 'microphone',
          rtpParameters: soundParameters(group, number),
        }),
        client.request('produce', {
          transportId,
          kind: 'video',
          source: 'camera',
          rtpParameters: cameraParameters(group, number, layered),
        }),
      ])
    }
    await receiving
    member.asked += 4
  }

  /** Every sound, and those cameras that the gathering means. */
  async #receive(member: Member, { senders, visible }: Gathering): Promise<void> {
    const { client, entry } = member
    const others = senders - (member.number < senders ? 1 : 0)
    const producers = (): ProducerOf[] =>
      [
        ...entry.producers,
        ...client.allTold('producerAdded').map(({ producer }) => producer),
      ].filter(({ memberId }) => memberId !== entry.memberId)
    await client.until(() => producers().length >= others * 2)
    let seen = 0
    for (const { producerId, kind } of producers()) {
      if (kind === 'video' && ++seen > (visible ?? Infinity)) continue
      await pace(member, 3)
      const { consumerId } = await client.request('consume', { producerId })
      if (kind === 'video' && visible !== null)
        await client.request('setPreferredLayers', { consumerId, spatialLayer: 0 })
      await client.request('resumeConsumer', { consumerId })
    }
  }

  async disperse(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.request('leave', {})))
    for (const { socket } of this.#clients) socket.terminate()
    this.#clients = []
  }

  async stop(): Promise<void> {
    await ended(this.#child, () => this.#child.kill('SIGTERM'))
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

type ProducerOf = Pick<ConsumerParameters, 'producerId' | 'kind'> & { readonly memberId: string }

function remoteOf({ iceParameters, iceCandidates }: ResponseData<'createTransport'>) {
  const candidate = iceCandidates.find(({ protocol }) => protocol === 'udp')
  if (candidate === undefined) throw new BenchError('peer-failed', 'No UDP candidate was offered.')
  const { usernameFragment, password } = iceParameters
  return { address: candidate.address, port: candidate.port, usernameFragment, password }
}

async function untilServes(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new BenchError('peer-failed', 'The sfu ended at its start.')
    const answered = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
    if (answered) return
    await after(100)
  }
}
