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
import { SignalingClient } from '../../../sfu/testing/signaling-client.ts'
import { AUDIENCE, createTicketIssuer, NODE } from '../../../sfu/testing/ticket-issuer.ts'
import { BenchError } from '../../report/part.ts'
import type { Crowd } from '../crowd.ts'
import { connectMember, enterClass, type Member, receiveOthers } from './attune-member.ts'
import { ended, familyOf, type Gathering, type Peer } from './peer.ts'

type Issuer = Awaited<ReturnType<typeof createTicketIssuer>>

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
    await Promise.all(members.map((member) => connectMember(crowd, group, member, gathering)))
    await Promise.all(members.map((member) => receiveOthers(member, gathering)))
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
    return await enterClass(client, ticket, number)
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
