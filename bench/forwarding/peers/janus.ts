/**
 * Janus' VideoRoom as a peer: Debian's package run with a configuration of its own in a temporary folder, on this
 * machine alone, its defaults kept but for what the network here asks for. Absent, it is named and skipped.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import * as z from 'zod'
import { freePort } from '../../../e2e/support/school.ts'
import { packageVersion } from '../../report/machine.ts'
import { BenchError } from '../../report/part.ts'
import { newIce, type Crowd } from '../crowd.ts'
import { JanusApi } from './janus-api.ts'
import { publishingOffer, receivingAnswer, remoteOf } from './janus-sdp.ts'
import { ended, familyOf, streamsOf, type Gathering, type Peer } from './peer.ts'

const BINARY = '/usr/bin/janus'
const LIBRARIES = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/janus`

const joinedSchema = z.object({ id: z.number() })

/** Every plugin or transport in a folder but those wanted, as Janus' settings name them. */
function allBut(folder: string, wanted: string): string {
  return readdirSync(join(LIBRARIES, folder))
    .filter((file) => file.includes('.so') && !file.includes(wanted))
    .join(',')
}

function configure(folder: string, port: number, address: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'janus.jcfg'),
    `general: {
  debug_level = 2
  session_timeout = 0
}
certificates: {}
media: { ipv6 = false }
nat: {
  ice_lite = true
  ice_enforce_list = "${address}"
}
plugins: { disable = "${allBut('plugins', 'videoroom')}" }
transports: { disable = "${allBut('transports', 'websockets')}" }
events: { broadcast = false }
`,
  )
  writeFileSync(
    join(folder, 'janus.transport.websockets.jcfg'),
    `general: {
  json = "compact"
  ws = true
  ws_port = ${port}
  ws_ip = "127.0.0.1"
  wss = false
}
`,
  )
  writeFileSync(join(folder, 'janus.plugin.videoroom.jcfg'), 'general: {}\n')
}

/** An address of this machine other than loopback, which libnice leaves out. */
function ownAddress(): string {
  const found = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)
  return found?.address ?? '127.0.0.1'
}

export const janusVersion = (): string | null =>
  existsSync(BINARY) ? (packageVersion('janus') ?? 'unknown') : null

interface Publisher {
  readonly handle: number
  readonly feed: number
}

export class JanusPeer implements Peer {
  readonly name = 'Janus VideoRoom'
  readonly version: string
  readonly #child: ChildProcess
  readonly #folder: string
  readonly #api: JanusApi
  #handles: number[] = []
  #room = 1000

  private constructor(child: ChildProcess, folder: string, api: JanusApi) {
    this.#child = child
    this.#folder = folder
    this.#api = api
    this.version = janusVersion() ?? 'unknown'
  }

  static async start(): Promise<JanusPeer> {
    const folder = mkdtempSync(join(tmpdir(), 'attune-janus-'))
    const port = await freePort()
    configure(folder, port, ownAddress())
    const child = spawn(BINARY, ['-F', folder, '-P', join(LIBRARIES, 'plugins'), '-o'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const said: Buffer[] = []
    const hear = (data: Buffer): void => void said.push(data)
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    for (;;) {
      if (child.exitCode !== null) {
        const why = Buffer.concat(said).toString().slice(-500)
        throw new BenchError('peer-failed', `Janus ended at its start: ${why}`)
      }
      try {
        return new JanusPeer(child, folder, await JanusApi.connect(`ws://127.0.0.1:${port}`))
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED'))
          throw error
        await after(100)
      }
    }
  }

  pids(): readonly number[] {
    return familyOf(this.#child.pid ?? 0)
  }

  async gather(crowd: Crowd, group: number, gathering: Gathering): Promise<void> {
    if (gathering.visible !== null)
      throw new BenchError('peer-failed', 'Layers are measured on our sfu and mediasoup alone.')
    const room = ++this.#room
    const keeper = await this.#attach()
    await this.#api.message(keeper, {
      request: 'create',
      room,
      publishers: gathering.members,
      audiocodec: 'opus',
      videocodec: 'vp8',
      bitrate: 0,
      notify_joining: false,
    })
    const senders = Array.from({ length: gathering.senders }, (_, member) => member)
    const publishers = await Promise.all(
      senders.map((member) => this.#publish(crowd, group, room, member)),
    )
    const members = Array.from({ length: gathering.members }, (_, member) => member)
    await Promise.all(
      members.map(async (member) => {
        const feeds = publishers.flatMap(({ feed }, of) => (of === member ? [] : [feed]))
        if (feeds.length > 0) await this.#subscribe(crowd, group, room, feeds)
      }),
    )
  }

  async #attach(): Promise<number> {
    const handle = await this.#api.attach()
    this.#handles.push(handle)
    return handle
  }

  async #publish(crowd: Crowd, group: number, room: number, member: number): Promise<Publisher> {
    const handle = await this.#attach()
    const { data } = await this.#api.message(handle, { request: 'join', ptype: 'publisher', room })
    const own = { ice: newIce(), fingerprint: crowd.fingerprint }
    const offer = { type: 'offer' as const, sdp: publishingOffer(own, group, member) }
    const { jsep } = await this.#api.message(handle, { request: 'publish' }, offer)
    await this.#api.noCandidates(handle)
    const { id, connected } = crowd.open(group, own.ice, remoteOf(jsep?.sdp ?? ''), 'client')
    for (const stream of streamsOf(group, member, false)) crowd.send(id, stream)
    await connected
    return { handle, feed: joinedSchema.parse(data).id }
  }

  async #subscribe(
    crowd: Crowd,
    group: number,
    room: number,
    feeds: readonly number[],
  ): Promise<void> {
    const handle = await this.#attach()
    const streams = feeds.map((feed) => ({ feed }))
    const join = { request: 'join', ptype: 'subscriber', room, streams }
    const { jsep } = await this.#api.message(handle, join)
    const sdp = jsep?.sdp ?? ''
    const own = { ice: newIce(), fingerprint: crowd.fingerprint }
    const answer = { type: 'answer' as const, sdp: receivingAnswer(own, sdp) }
    await this.#api.message(handle, { request: 'start' }, answer)
    await this.#api.noCandidates(handle)
    await crowd.open(group, own.ice, remoteOf(sdp), 'client').connected
  }

  async disperse(): Promise<void> {
    const handles = this.#handles
    this.#handles = []
    for (const handle of handles) await this.#api.detach(handle)
  }

  async stop(): Promise<void> {
    this.#api.close()
    await ended(this.#child, () => this.#child.kill('SIGTERM'))
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
