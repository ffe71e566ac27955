/**
 * The media server's settings, read once from environment variables. A wrong one is a sentence that
 * names the variable and the fix, never a stack.
 */
import { existsSync, readFileSync } from 'node:fs'
import { isIP, isIPv6 } from 'node:net'
import { availableParallelism } from 'node:os'
import * as z from 'zod'
import { type LogLevel, logLevels } from './log.ts'

/** Where the internal listener is: a socket's path, or a port of the loopback interface. */
export type InternalAddress = { path: string } | { host: string; port: number }

export interface TurnConfig {
  urls: string[]
  /** Shared secret of the TURN server's REST credentials (coturn: `static-auth-secret`). */
  secret: string
}

export interface Config {
  internal: InternalAddress
  node: string
  /** First UDP and TCP port for media; worker i uses `mediaPort + i`. */
  mediaPort: number
  workers: number
  /** Addresses that browsers are told, at most one a family; none: every address of this machine. */
  announcedAddresses: readonly string[]
  /** Address that media ports are opened on; null: fits `announcedAddresses`. */
  listenAddress: string | null
  /** PEM of the public key that tickets and internal commands are signed with. */
  ticketPublicKey: string
  /** `aud` of tickets, and the only origin of a signalling connection that names one. */
  audience: string
  /** Key of the stamps that outlive a restart; null: one for this process alone. */
  stampKey: string | null
  workerBin: string | null
  turn: TurnConfig | null
  /** How long a class goes on after its last teacher left, in milliseconds. */
  teacherAbsenceLimit: number
  logLevel: LogLevel
}

/** A setting that cannot be used; the message is for the person who starts the server. */
export class ConfigError extends Error {
  readonly code: 'config-invalid'
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ConfigError'
    this.code = 'config-invalid'
  }
}

const port = z.coerce.number<string>().int().min(1).max(65_535)
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
)

/** One IPv4 address or name, one IPv6 address (in brackets or not), or both, separated by a comma. */
const announced = list
  .transform((addresses) => addresses.map((address) => address.replace(/^\[(.*)\]$/, '$1')))
  .pipe(z.array(z.string().min(1).max(255)).min(1).max(2))
  .refine((addresses) => addresses.filter((address) => isIPv6(address)).length <= 1)
  .refine((addresses) => addresses.filter((address) => !isIPv6(address)).length <= 1)

const environmentSchema = z.object({
  SFU_INTERNAL: z.string().min(1),
  SFU_NODE: z
    .string()
    .regex(/^[a-z0-9-]{1,64}$/)
    .default('local'),
  SFU_PORT: port.default(4443),
  SFU_WORKERS: z.coerce.number<string>().int().min(1).max(64).default(1),
  ANNOUNCED_ADDRESS: announced.optional(),
  SFU_LISTEN_ADDRESS: z
    .string()
    .refine((text) => isIP(text) !== 0)
    .optional(),
  SFU_TICKET_PUBLIC_KEY: z.string().min(1),
  SFU_AUDIENCE: z.url(),
  SFU_STAMP_KEY: z.string().min(1).optional(),
  MEDIASOUP_WORKER_BIN: z.string().refine(existsSync).optional(),
  TURN_URLS: list.pipe(z.array(z.string().regex(/^turns?:/)).min(1)).optional(),
  TURN_SECRET: z.string().min(1).optional(),
  SFU_TEACHER_ABSENCE: z.coerce.number<string>().int().min(10).max(86_400).default(600),
  SFU_LOG_LEVEL: z.enum(logLevels).default('info'),
})

const wanted: Readonly<Record<string, string>> = {
  SFU_INTERNAL: 'a socket path, or 127.0.0.1:PORT',
  SFU_NODE: 'a name of lower-case letters, digits and hyphens',
  SFU_PORT: 'a port number from 1 to 65535',
  SFU_WORKERS: `a number from 1 to 64 (this machine runs ${availableParallelism()} at a time)`,
  ANNOUNCED_ADDRESS:
    'the address or host name under which browsers reach this machine; an IPv6 address may stand beside it after a comma',
  SFU_LISTEN_ADDRESS: 'an IP address of this machine',
  SFU_TICKET_PUBLIC_KEY: 'the file that holds the public ticket key of web (PEM)',
  SFU_STAMP_KEY: 'a file that holds a random text known to the media server alone',
  SFU_AUDIENCE: 'the address that people type, as in PUBLIC_URL',
  MEDIASOUP_WORKER_BIN: "the path of mediasoup's worker, and nothing is there",
  TURN_URLS: 'turn: or turns: addresses, separated by commas',
  TURN_SECRET: 'the shared secret of the TURN server',
  SFU_TEACHER_ABSENCE: 'a number of seconds from 10 to 86400',
  SFU_LOG_LEVEL: `one of ${logLevels.join(', ')}`,
}

/**
 * Reads the settings.
 *
 * @param environment variables, as in `process.env`; an empty one counts as absent
 * @throws {ConfigError} naming the first wrong variable
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const present = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = environmentSchema.safeParse(present)
  if (!parsed.success) {
    const name = String(parsed.error.issues[0]?.path[0])
    throw new ConfigError(`${name} must be ${wanted[name] ?? 'set'}.`)
  }
  const values = parsed.data
  if (values.SFU_PORT + values.SFU_WORKERS > 65_536) {
    throw new ConfigError('SFU_PORT and SFU_WORKERS together pass the last port, 65535.')
  }
  if ((values.TURN_URLS === undefined) !== (values.TURN_SECRET === undefined)) {
    throw new ConfigError('TURN_URLS and TURN_SECRET must be set together, or neither.')
  }
  return {
    internal: readInternalAddress(values.SFU_INTERNAL),
    node: values.SFU_NODE,
    mediaPort: values.SFU_PORT,
    workers: values.SFU_WORKERS,
    announcedAddresses: values.ANNOUNCED_ADDRESS ?? [],
    listenAddress: values.SFU_LISTEN_ADDRESS ?? null,
    ticketPublicKey: readKey('SFU_TICKET_PUBLIC_KEY', values.SFU_TICKET_PUBLIC_KEY),
    stampKey:
      values.SFU_STAMP_KEY === undefined ? null : readKey('SFU_STAMP_KEY', values.SFU_STAMP_KEY),
    audience: new URL(values.SFU_AUDIENCE).origin,
    workerBin: values.MEDIASOUP_WORKER_BIN ?? null,
    turn:
      values.TURN_URLS === undefined || values.TURN_SECRET === undefined
        ? null
        : { urls: values.TURN_URLS, secret: values.TURN_SECRET },
    teacherAbsenceLimit: values.SFU_TEACHER_ABSENCE * 1_000,
    logLevel: values.SFU_LOG_LEVEL,
  }
}

function readInternalAddress(text: string): InternalAddress {
  const loopback = /^(127(?:\.\d{1,3}){3}|localhost|\[::1\]):(\d{1,5})$/.exec(text)
  if (loopback?.[1] !== undefined && loopback[2] !== undefined) {
    const number = port.safeParse(loopback[2])
    if (number.success) return { host: loopback[1].replace(/[[\]]/g, ''), port: number.data }
  }
  if (!text.includes('/')) {
    throw new ConfigError(
      'SFU_INTERNAL must be a socket path or 127.0.0.1:PORT: nothing outside this machine may reach it.',
    )
  }
  return { path: text }
}

function readKey(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new ConfigError(`${variable} names ${file}, which cannot be read.`, {
      cause: error,
    })
  }
}
