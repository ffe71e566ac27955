/**
 * The environments of web and sfu. The sfu gets what ARCHITECTURE.md lists and nothing else: no
 * database, no secret of the school.
 */
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Settings } from '../setup/settings.mjs'

export interface ServiceParts {
  readonly settings: Settings
  readonly secretsFolder: string
  readonly ticketPublicKey: string
  readonly sfuStampKey: string
  readonly databaseUrl: string
  readonly workerBinary: string
  readonly sfuInternal: string
  readonly tls: { readonly cert: string; readonly key: string } | null
}

export const SFU_NODE = 'local'

const LONGEST_SOCKET_PATH = 100
const FOR_EVERYONE = ['PATH', 'HOME', 'LANG', 'TZ', 'NODE_EXTRA_CA_CERTS']
const FOR_SFU = [
  'TURN_URLS',
  'TURN_SECRET',
  'SFU_LISTEN_ADDRESS',
  'SFU_TEACHER_ABSENCE',
  'SFU_LOG_LEVEL',
]

function pick(env: NodeJS.ProcessEnv, names: readonly string[]): Record<string, string> {
  const picked: Record<string, string> = {}
  for (const name of names) {
    const value = env[name]
    if (value !== undefined) picked[name] = value
  }
  return picked
}

/** Where sfu's internal listener is: a socket in the data folder, or in a closed temporary one. */
export function sfuSocket(dataFolder: string): { path: string; folder: string | null } {
  const path = join(dataFolder, 'sfu.sock')
  if (Buffer.byteLength(path) <= LONGEST_SOCKET_PATH) return { path, folder: null }
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16)
  const folder = join(tmpdir(), `attune-sfu-${name}`)
  return { path: join(folder, 'sfu.sock'), folder }
}

/** The sfu's environment. */
export function sfuEnvironment(env: NodeJS.ProcessEnv, parts: ServiceParts): NodeJS.ProcessEnv {
  const { settings } = parts
  return {
    ...pick(env, [...FOR_EVERYONE, ...FOR_SFU]),
    NODE_ENV: 'production',
    // What Node compiled, so that a media server that died is back sooner. Not for web: every build has other scripts.
    NODE_COMPILE_CACHE: join(settings.dataFolder, 'compile-cache'),
    SFU_INTERNAL: parts.sfuInternal,
    SFU_NODE,
    SFU_PORT: String(settings.sfuPort),
    SFU_WORKERS: String(settings.sfuWorkers),
    SFU_TICKET_PUBLIC_KEY: parts.ticketPublicKey,
    SFU_STAMP_KEY: parts.sfuStampKey,
    SFU_AUDIENCE: settings.publicUrl,
    ...(settings.announcedAddress === null ? {} : { ANNOUNCED_ADDRESS: settings.announcedAddress }),
    MEDIASOUP_WORKER_BIN: parts.workerBinary,
  }
}

function withoutEmpty(env: NodeJS.ProcessEnv): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
}

/** Web's environment: what the person set, and what set-up found out. An empty variable is not set. */
export function webEnvironment(env: NodeJS.ProcessEnv, parts: ServiceParts): NodeJS.ProcessEnv {
  const { settings, tls } = parts
  return {
    ...withoutEmpty(env),
    NODE_ENV: settings.development ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    ATTUNE_DEV: settings.development ? '1' : '0',
    ATTUNE_DATA: settings.dataFolder,
    ATTUNE_SECRETS: parts.secretsFolder,
    DATABASE_URL: parts.databaseUrl,
    PORT: String(settings.port),
    PUBLIC_URL: settings.publicUrl,
    TRUST_PROXY: settings.trustProxy,
    SFU_INTERNAL: parts.sfuInternal,
    SFU_NODE,
    ...(tls === null ? {} : { TLS_CERT: tls.cert, TLS_KEY: tls.key }),
  }
}
