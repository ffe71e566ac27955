/**
 * The native client (`crowd/`): built once with the machine's compiler, run as one process that plays every member of
 * every server under test. This side only passes orders on and reads answers; what is measured is decided elsewhere.
 */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { createProgress } from '../../bin/setup/progress.ts'
import { runCommand } from '../../bin/setup/run-command.ts'
import { ensureSystemPackages } from '../../bin/setup/system-packages.ts'
import { BenchError } from '../report/part.ts'
import { ensureRecording, recordingPath } from './recording.ts'

const SOURCES = fileURLToPath(new URL('crowd', import.meta.url))
/** As our media worker, the crowd lets OpenSSL do libsrtp's cryptography: it has to be cheaper than a server. */
const COMPAT = fileURLToPath(new URL('../../bin/mediasoup-worker/compat', import.meta.url))
const OPENSSL = join(COMPAT, 'srtp_openssl.cpp')
/** Checks and handshake take a fraction of it, however many begin at once. */
const CONNECT_LIMIT_MS = 30_000
const PACKAGES = ['g++', 'libssl-dev', 'libsrtp2-dev']

const reportSchema = z.object({
  group: z.int(),
  connected: z.int(),
  withMedia: z.int(),
  sent: z.int(),
  received: z.int(),
  receivedBytes: z.int(),
  streams: z.int(),
  lost: z.int(),
  refused: z.int(),
  keyRequests: z.int(),
  sampled: z.int(),
  delayP50: z.number(),
  delayP95: z.number(),
  delayP99: z.number(),
  cpuSeconds: z.number(),
})
export type CrowdReport = z.infer<typeof reportSchema>

/** A report has a field of the same name as the word of a connection: it has to be tried first. */
const lineSchema = z.union([
  reportSchema,
  z.object({ fingerprint: z.string() }),
  z.object({ connected: z.int() }),
  z.object({ failed: z.int() }),
])

/** Where a member's transport leads, as signalling told it. */
export interface Remote {
  readonly address: string
  readonly port: number
  readonly usernameFragment: string
  readonly password: string
}

/** A stream that a member sends. */
export interface Sending {
  /** Its place in the recording. */
  readonly recording: number
  readonly ssrc: number
  readonly payloadType: number
  /** Id of the audio-level header extension, or 0. */
  readonly levelExtension: number
}

/** Own half of ICE, made before signalling asks for it. */
export interface OwnIce {
  readonly usernameFragment: string
  readonly password: string
}

export const newIce = (): OwnIce => ({
  usernameFragment: randomBytes(4).toString('hex'),
  password: randomBytes(16).toString('hex'),
})

async function build(): Promise<string> {
  const files = readdirSync(SOURCES).toSorted()
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(join(SOURCES, file)))
  for (const file of [OPENSSL, join(COMPAT, 'srtp_openssl_hmac.h')]) hash.update(readFileSync(file))
  const key = hash.digest('hex').slice(0, 12)
  const binary = join(dirname(recordingPath()), `crowd-${process.arch}-${key}`)
  if (existsSync(binary)) return binary
  const progress = createProgress()
  await ensureSystemPackages(PACKAGES, 'to build the crowd', { mayInstall: true }, progress)
  mkdirSync(dirname(binary), { recursive: true })
  const sources = files.filter((file) => file.endsWith('.cc')).map((file) => join(SOURCES, file))
  const step = progress.step('Building the crowd')
  sources.push(OPENSSL)
  const libraries = ['-Wl,--wrap=srtp_init', '-lsrtp2', '-lssl', '-lcrypto']
  const made = await runCommand(
    'g++',
    ['-std=c++20', '-O2', ...sources, '-o', `${binary}.new`, ...libraries],
    { limitMs: 180_000 },
  )
  if (made.status !== 0) throw new BenchError('peer-failed', `g++ failed: ${made.tail}`)
  renameSync(`${binary}.new`, binary)
  step.done()
  return binary
}

export class Crowd {
  readonly fingerprint: string
  readonly #child: ChildProcessWithoutNullStreams
  readonly #connecting = new Map<number, (error: Error | null) => void>()
  readonly #reports: {
    readonly resolve: (report: CrowdReport) => void
    readonly reject: (error: Error) => void
  }[] = []
  #lastId = 0

  private constructor(
    child: ChildProcessWithoutNullStreams,
    fingerprint: string,
    lines: ReturnType<typeof createInterface>,
  ) {
    this.#child = child
    this.fingerprint = fingerprint
    lines.on('line', (line) => {
      this.#read(line)
    })
    child.once('exit', () => {
      this.#fail(new BenchError('peer-failed', 'The crowd ended during the measurement.'))
    })
    // Its exit says it.
    child.stdin.on('error', () => undefined)
  }

  static async start(): Promise<Crowd> {
    const recording = await ensureRecording()
    const child = spawn(await build(), [recording], { stdio: ['pipe', 'pipe', 'pipe'] })
    const said: Buffer[] = []
    child.stderr.on('data', (data: Buffer) => said.push(data))
    const lines = createInterface(child.stdout)
    return await new Promise((resolve, reject) => {
      child.once('exit', () => {
        reject(new BenchError('peer-failed', `The crowd ended: ${Buffer.concat(said).toString()}`))
      })
      lines.once('line', (line) => {
        const first = lineSchema.parse(JSON.parse(line))
        if ('fingerprint' in first) resolve(new Crowd(child, first.fingerprint, lines))
        else reject(new BenchError('peer-failed', 'The crowd did not say who it is.'))
      })
    })
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  /** Opens one transport; resolves once DTLS is there. */
  open(group: number, own: OwnIce, remote: Remote, role: 'client' | 'server'): OpenTransport {
    const id = ++this.#lastId
    const connected = new Promise<void>((resolve, reject) => {
      const limit = setTimeout(() => {
        this.#settle(id, new BenchError('peer-failed', 'A transport did not connect.'))
      }, CONNECT_LIMIT_MS)
      this.#connecting.set(id, (error) => {
        clearTimeout(limit)
        if (error === null) resolve()
        else reject(error)
      })
    })
    // Whoever opens it may still be asking the server: awaited or not, a failure is theirs to tell.
    connected.catch(() => undefined)
    const { address, port, usernameFragment, password } = remote
    this.#say(
      ['open', id, group, address, port].join(' ') +
        ` ${own.usernameFragment} ${own.password} ${usernameFragment} ${password} ${role}`,
    )
    return { id, connected }
  }

  send(id: number, { recording, ssrc, payloadType, levelExtension }: Sending): void {
    this.#say(['send', id, recording, ssrc, payloadType, levelExtension].join(' '))
  }

  start(group: number): void {
    this.#say(`start ${group}`)
  }

  stop(group: number): void {
    this.#say(`stop ${group}`)
  }

  close(group: number): void {
    this.#say(`close ${group}`)
  }

  /** Counts from now on, from nothing. */
  count(group: number): void {
    this.#say(`count ${group}`)
  }

  /** Opens one received packet in so many for its stamp. */
  sample(oneIn: number): void {
    this.#say(`sample ${oneIn}`)
  }

  async report(group: number): Promise<CrowdReport> {
    return await new Promise((resolve, reject) => {
      this.#reports.push({ resolve, reject })
      this.#say(`report ${group}`)
    })
  }

  end(): void {
    this.#child.stdin.end()
  }

  #say(line: string): void {
    this.#child.stdin.write(`${line}\n`)
  }

  #read(line: string): void {
    const said = lineSchema.parse(JSON.parse(line))
    if ('received' in said) {
      this.#reports.shift()?.resolve(said)
    } else if ('failed' in said) {
      this.#settle(said.failed, new BenchError('peer-failed', 'A DTLS handshake failed.'))
    } else if ('connected' in said) {
      this.#settle(said.connected, null)
    }
  }

  #fail(error: Error): void {
    for (const id of [...this.#connecting.keys()]) this.#settle(id, error)
    for (const { reject } of this.#reports.splice(0)) reject(error)
  }

  #settle(id: number, error: Error | null): void {
    this.#connecting.get(id)?.(error)
    this.#connecting.delete(id)
  }
}

export interface OpenTransport {
  readonly id: number
  readonly connected: Promise<void>
}
