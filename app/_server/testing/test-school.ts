/**
 * A whole school for integration tests: real PostgreSQL, the real route handlers, and browsers that
 * keep cookies. Only the clock, the network and the media server are the test's own.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { exportPKCS8, exportSPKI, generateKeyPair, importPKCS8 } from 'jose'
import { createTestDatabase } from '../../../bin/testing/database.ts'
import { createWireCall, type WireCall } from '../../_wire/client.ts'
import { routes } from '../../_wire/routes.ts'
import type { InternalLoad } from '../../../sfu/protocol/load.ts'
import type { InternalClasses } from '../../../sfu/protocol/ticket.ts'
import { systemRandomness } from '../core/clock.ts'
import { setServerContext, type ServerContext } from '../core/context.ts'
import { openDatabase } from '../core/database.ts'
import type { RouteHandler } from '../core/handle.ts'
import type { Letter, Mailer } from '../core/mail.ts'
import type { SfuCommand } from '../core/sfu-channel.ts'

const API = fileURLToPath(new URL('../../api', import.meta.url))
export const ORIGIN = 'http://localhost:14200'
export const SET_UP_CODE = 'ABCD-EFGH-JKLM'

/** A clock that stands until it is moved. */
export class TestClock {
  #now = Date.UTC(2026, 8, 1, 8)

  now(): number {
    return this.#now
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds
  }
}

/** A media server that notes what it is told. */
export class TestSfu {
  readonly commands: SfuCommand[] = []
  answer: InternalClasses | null = null
  alive = true

  command(command: SfuCommand): Promise<boolean> {
    this.commands.push(command)
    return Promise.resolve(this.alive)
  }

  classes(): Promise<InternalClasses | null> {
    return Promise.resolve(this.answer)
  }

  healthy(): Promise<boolean> {
    return Promise.resolve(this.alive)
  }

  load(): Promise<InternalLoad | null> {
    const idle = { cpuMilliseconds: 1, memoryBytes: 1 }
    const worker = { port: 4443, running: true, routers: 0, ...idle }
    const load = { node: 'local', uptimeSeconds: 1, classes: 0, members: 0, ...idle }
    return Promise.resolve(this.alive ? { ...load, workers: [worker] } : null)
  }
}

/** A post office that keeps what it is given. */
export class TestMail implements Mailer {
  readonly letters: Letter[] = []
  works = true

  send(letter: Letter): Promise<boolean> {
    if (this.works) this.letters.push(letter)
    return Promise.resolve(this.works)
  }
}

export interface Logged {
  readonly event: string
  readonly detail: string
}

export interface TestSchool {
  readonly context: ServerContext
  readonly clock: TestClock
  readonly sfu: TestSfu
  readonly mail: TestMail
  readonly log: Logged[]
  /** SPKI of the key that tickets are signed with. */
  readonly ticketPublicKey: string
  browser(options?: BrowserOptions): TestBrowser
  close(): Promise<void>
}

export interface BrowserOptions {
  readonly address?: string
  /** On the server's own machine. */
  readonly local?: boolean
  readonly origin?: string | null
}

/** A person's browser: keeps cookies, sends its origin, speaks to the handlers themselves. */
export class TestBrowser {
  readonly cookies = new Map<string, string>()
  readonly call: WireCall
  readonly #options: BrowserOptions

  constructor(options: BrowserOptions) {
    this.#options = options
    this.call = createWireCall((input, init) => this.fetch(input, init), routes)
  }

  async fetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    if (input instanceof Request) throw new TypeError('give a path')
    const url = new URL(input, ORIGIN)
    const { origin = ORIGIN, local = false, address = '198.51.100.1' } = this.#options
    const headers = new Headers(init.headers)
    headers.set('host', url.host)
    headers.set('x-attune-address', address)
    headers.set('x-attune-local', local ? '1' : '0')
    if (origin !== null) headers.set('origin', origin)
    const cookies = [...this.cookies].map(([name, value]) => `${name}=${value}`)
    if (cookies.length > 0) headers.set('cookie', cookies.join('; '))
    const method = init.method ?? 'GET'
    const found = await findHandler(method, url.pathname)
    if (found === null) return new Response(null, { status: 404 })
    const request = new Request(url, { ...init, method, headers })
    const response = await found.handler(request, { params: Promise.resolve(found.parameters) })
    for (const text of response.headers.getSetCookie()) this.#keep(text)
    return response
  }

  #keep(text: string): void {
    const [pair = '', ...attributes] = text.split(';').map((part) => part.trim())
    const split = pair.indexOf('=')
    const name = pair.slice(0, split)
    if (attributes.includes('Max-Age=0')) this.cookies.delete(name)
    else this.cookies.set(name, pair.slice(split + 1))
  }
}

interface Found {
  readonly handler: RouteHandler
  readonly parameters: Record<string, string>
}

/** Every route file below app/api, as path segments; `[name]` is a parameter. */
export function routeFiles(folder = API, segments: readonly string[] = []): string[][] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? routeFiles(join(folder, entry.name), [...segments, entry.name])
      : entry.name === 'route.ts'
        ? [[...segments]]
        : [],
  )
}

/** The handlers of one route file, by method. */
export async function loadRoute(
  segments: readonly string[],
): Promise<Record<string, RouteHandler>> {
  const file = join(API, ...segments, 'route.ts')
  return (await import(pathToFileURL(file).href)) as Record<string, RouteHandler>
}

async function findHandler(method: string, path: string): Promise<Found | null> {
  const asked = path.split('/').slice(2)
  for (const segments of routeFiles()) {
    const parameters = match(segments, asked)
    if (parameters === null) continue
    const handler = (await loadRoute(segments))[method]
    return handler === undefined ? null : { handler, parameters }
  }
  return null
}

function match(
  segments: readonly string[],
  asked: readonly string[],
): Record<string, string> | null {
  if (segments.length !== asked.length) return null
  const parameters: Record<string, string> = {}
  for (const [index, segment] of segments.entries()) {
    const value = asked[index] ?? ''
    const name = /^\[(\w+)\]$/.exec(segment)?.[1]
    if (name !== undefined) parameters[name] = value
    else if (segment !== value) return null
  }
  return parameters
}

/** Opens an empty school. */
export async function openSchool(): Promise<TestSchool> {
  const database = await createTestDatabase()
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true })
  const clock = new TestClock()
  const sfu = new TestSfu()
  const mail = new TestMail()
  const log: Logged[] = []
  const db = openDatabase(database.url)
  const context: ServerContext = {
    db,
    clock,
    random: systemRandomness,
    secrets: {
      auth: systemRandomness.bytes(32),
      salt: systemRandomness.bytes(32),
      ticketKey: await importPKCS8(await exportPKCS8(privateKey), 'EdDSA'),
      setUpCode: SET_UP_CODE,
    },
    sfu,
    mail,
    log: {
      warn: (event, fields) => {
        log.push({ event, detail: JSON.stringify(fields ?? {}) })
      },
      error: (event, error) => {
        log.push({ event, detail: String(error) })
      },
    },
    publicUrl: ORIGIN,
    sfuNode: 'local',
  }
  setServerContext(context)
  return {
    context,
    clock,
    sfu,
    mail,
    log,
    ticketPublicKey: await exportSPKI(publicKey),
    browser: (options = {}) => new TestBrowser(options),
    close: async () => {
      await db.$disconnect()
      await database.drop()
    },
  }
}
