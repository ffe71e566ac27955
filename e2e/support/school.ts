/**
 * A school of its own for a test or a measurement: the whole service on free ports with an empty database, started by
 * what `npm start` runs. It must never leave a process or a folder behind.
 */
import { execFile } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createService, ROOT } from '../../bin/service.ts'
import { createProgress } from '../../bin/setup/progress.ts'
import { readSettings } from '../../bin/setup/settings.mjs'
import { Relay } from './relay.ts'

/** The service of one test. */
export interface School {
  /** Origin of the service. */
  readonly url: string
  readonly databaseUrl: string
  /** Everything that web, sfu and database have printed so far. */
  log(): string
  /** The whole database as SQL. */
  dump(): Promise<string>
  /** The networks to web and to the media server, where the test asked for them. */
  readonly network: Network | null
}

/** What stands between browsers and service: everything to web, and to the media server, goes through these. */
export interface Network {
  readonly web: Relay
  readonly media: Relay
}

/** Media is announced here; the media server itself listens on 127.0.0.1. */
const RELAYED_MEDIA = '127.0.0.2'

/** Below the ports that Linux gives to outgoing connections, one of which could take a port before its service does. */
const PORTS = [20_000, 32_768] as const

/** A TCP port that is free, for UDP too, at the time of asking. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(...PORTS)
    if (await isFree(port)) return port
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port)
  const socket = createSocket('udp4').bind(port)
  const outcomes = await Promise.allSettled([once(server, 'listening'), once(socket, 'listening')])
  await Promise.all([
    new Promise((done) => server.close(done)),
    new Promise<void>((done) => {
      socket.close(done)
    }),
  ])
  return outcomes.every(({ status }) => status === 'fulfilled')
}

export interface SchoolOptions {
  /** Whether browsers reach the service through relays that a test can cut. */
  relayed: boolean
  /** Settings beside those that every school of a test has. */
  settings: Readonly<Record<string, string>>
}

/** Opens it; `close` ends everything that it began. */
export async function openSchool({
  relayed,
  settings,
}: SchoolOptions): Promise<{ school: School; close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'attune-e2e-'))
  // The database's own user has to pass through.
  await chmod(folder, 0o711)
  const [port, sfuPort, front] = [await freePort(), await freePort(), await freePort()]
  const env = {
    ...process.env,
    PORT: String(port),
    SFU_PORT: String(sfuPort),
    ATTUNE_DATA: folder,
    ...(relayed
      ? {
          ANNOUNCED_ADDRESS: RELAYED_MEDIA,
          SFU_LISTEN_ADDRESS: '127.0.0.1',
          PUBLIC_URL: `http://localhost:${String(front)}`,
        }
      : { ANNOUNCED_ADDRESS: '127.0.0.1' }),
    ...settings,
  }
  const lines: string[] = []
  let network: Network | null = null
  const service = createService({
    settings: readSettings([], env),
    env,
    progress: createProgress(),
    onLine: (line) => lines.push(line),
  })
  const close = async (): Promise<void> => {
    await service.stop()
    await Promise.all([network?.web.close(), network?.media.close()])
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const { publicUrl, databaseUrl } = await service.start()
    // Only now: the start looks whether its ports are free at every address.
    if (relayed) network = await openNetwork(port, sfuPort, front)
    const school: School = {
      url: publicUrl,
      databaseUrl,
      network,
      log: () => lines.join('\n'),
      dump: async () => {
        const dumpEnv = { ...env, DATABASE_URL: databaseUrl }
        const options = { cwd: ROOT, env: dumpEnv, maxBuffer: 256 * 1024 * 1024 }
        const { stdout } = await promisify(execFile)(
          'node',
          ['bin/run.mjs', 'bin/db-dump.ts'],
          options,
        )
        return stdout
      },
    }
    return { school, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function openNetwork(port: number, sfuPort: number, front: number): Promise<Network> {
  const host = '127.0.0.1'
  const web = { from: { host, port: front }, to: { host, port }, udp: false }
  const to = { host, port: sfuPort }
  const media = { from: { host: RELAYED_MEDIA, port: sfuPort }, to, udp: true }
  return { web: await Relay.open(web), media: await Relay.open(media) }
}
