/**
 * `npm start` as a shell sees it: it serves, starts again what dies, ends with nothing left running,
 * and says in one sentence what is wrong.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { get } from 'node:https'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import pg from 'pg'
import { startTestServer } from '../bin/testing/database.ts'
import { freePort } from './support/school.ts'

interface Run {
  readonly child: ChildProcess
  /** Everything it has printed. */
  readonly said: () => string
  readonly status: Promise<number | null>
}

async function listen(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { server, port: address.port }
}

function start(env: Record<string, string>, words: readonly string[]): Run {
  const child = spawn('npm', ['start', '--silent', '--', ...words], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
  }
  const status = once(child, 'close').then(([code]) => (typeof code === 'number' ? code : null))
  return { child, said: () => text, status }
}

/** Parent and command of every process of this machine. */
function processes(): Map<number, { parent: number; command: string }> {
  const found = new Map<number, { parent: number; command: string }>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const parent = Number(stat.split(') ').at(-1)?.split(' ')[1])
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')
      if (command !== '') found.set(Number(name), { parent, command })
    } catch (error) {
      // It ended while we looked.
      if (!(error instanceof Error && 'code' in error)) throw error
    }
  }
  return found
}

/** Ids and commands of what `root` started, and what that started. */
function descendants(root: number): Map<number, string> {
  const all = processes()
  const found = new Map<number, string>()
  const visit = (id: number): void => {
    for (const [child, { parent, command }] of all) {
      if (parent !== id) continue
      found.set(child, command)
      visit(child)
    }
  }
  visit(root)
  return found
}

/** What a server answers whose certificate must be `ca`'s. */
async function textAt(url: string, ca: Buffer): Promise<string> {
  const asked = get(url, { ca })
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  expect(response.statusCode).toBe(200)
  return (await response.setEncoding('utf8').toArray()).join('')
}

function idOf(run: Run, part: string): number | undefined {
  const all = descendants(run.child.pid ?? 0)
  return [...all].find(([, command]) => command.includes(part))?.[0]
}

test.describe('npm start', () => {
  let folder: string
  let env: Record<string, string>
  let runs: Run[]

  test.beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'attune-start-'))
    chmodSync(folder, 0o711)
    const [port, sfuPort] = [await freePort(), await freePort()]
    env = { PORT: String(port), SFU_PORT: String(sfuPort), ATTUNE_DATA: folder }
    runs = []
  })

  test.afterEach(async () => {
    for (const run of runs) {
      if (run.child.exitCode === null) run.child.kill('SIGTERM')
      await run.status
    }
    rmSync(folder, { recursive: true, force: true })
  })

  function run(change: Record<string, string> = {}, words: readonly string[] = []): Run {
    const started = start({ ...env, ...change }, words)
    runs.push(started)
    return started
  }

  async function health(): Promise<unknown> {
    try {
      const answer = await fetch(`http://localhost:${String(env['PORT'])}/api/health`)
      return await answer.json()
    } catch (error) {
      return String(error)
    }
  }

  const well = expect.objectContaining({ status: 'ok' })

  test('serves, starts again what dies, and leaves nothing running', async () => {
    const service = run()
    await expect.poll(service.said).toContain('Attune serves at')
    expect(service.said()).toMatch(/set-up code: \w{4}-\w{4}-\w{4}/)
    expect(await health()).toEqual(well)

    for (const part of ['sfu/main.ts', 'app/_server/main.ts', 'bin/postgres']) {
      const id = idOf(service, part)
      if (id === undefined) throw new Error(`${part} does not run`)
      process.kill(id, 'SIGKILL')
      await expect.poll(() => idOf(service, part)).not.toBe(id)
      await expect.poll(health).toEqual(well)
    }

    const everything = descendants(service.child.pid ?? 0)
    expect(everything.size).toBeGreaterThan(4)
    // Ctrl-C reaches the whole group of the terminal.
    process.kill(-(service.child.pid ?? 0), 'SIGINT')
    await service.status
    const left = (): unknown[] => {
      const now = processes()
      return [...everything].filter(([id, command]) => now.get(id)?.command === command)
    }
    await expect.poll(left).toEqual([])
  })

  test('serves HTTPS by itself, and the open model, and makes its database on a server of the school', async () => {
    const server = await startTestServer({ migrated: false })
    const databaseUrl = new URL(server.url)
    databaseUrl.pathname = '/school'
    const service = run({ DATABASE_URL: databaseUrl.href, EXPRESSION_MODEL: 'open' }, ['--https'])
    try {
      const url = `https://localhost:${String(env['PORT'])}`
      await expect.poll(service.said).toContain(`Attune serves at ${url} `)
      const ca = readFileSync(join(folder, 'tls/cert.pem'))
      expect(await textAt(`${url}/api/health`, ca)).toContain('"status":"ok"')
      expect(await textAt(`${url}/sign-up`, ca)).toContain('<html')
      expect(await textAt(`${url}/models/emotion/config.json`, ca)).toContain('expression-open')
      expect(await textAt(`${url}/model-card`, ca)).toContain('A second set of weights')
      // It has the school's tables, and no embedded database was made beside it.
      const client = new pg.Client({ connectionString: databaseUrl.href })
      await client.connect()
      expect((await client.query('SELECT count(*)::int AS n FROM "Account"')).rows).toEqual([
        { n: 0 },
      ])
      await client.end()
      expect(existsSync(join(folder, 'postgresql'))).toBe(false)
    } finally {
      service.child.kill('SIGTERM')
      await service.status
      await server.stop()
    }
  })

  test('names the packages that it may not install', async () => {
    // A machine on which Debian knows of no package that is installed.
    writeFileSync(join(folder, 'dpkg-query'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
    const change = {
      PATH: `${folder}:${process.env['PATH'] ?? ''}`,
      XDG_CACHE_HOME: join(folder, 'cache'),
      MEDIASOUP_WORKER_BIN: '',
      MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD: '1',
    }
    const service = run(change, ['--no-system-packages'])
    expect(await service.status).toBe(1)
    expect(service.said().trim()).toMatch(
      /^attune: Packages are needed to build mediasoup's media worker; [^\n]*(apt-get install -y --no-install-recommends|equivalents of:) g\+\+ cmake ninja-build [^\n]*$/,
    )
  })

  test('says in one sentence what is wrong, and how to mend it', async () => {
    const { server, port } = await listen()
    const busy = run({ PORT: String(port) })
    expect(await busy.status).toBe(1)
    expect(busy.said().trim()).toBe(
      `attune: TCP port ${String(port)} is in use by another program; stop it, or choose another: PORT=${String(port + 1000)}.`,
    )
    server.close()

    const wrong = run({ SFU_WORKERS: 'many' })
    expect(await wrong.status).toBe(1)
    expect(wrong.said().trim()).toBe(
      'attune: SFU_WORKERS is "many"; it must be a whole number from 1 to 64.',
    )

    const worker = run({ MEDIASOUP_WORKER_BIN: '/bin/true' })
    expect(await worker.status).toBe(1)
    expect(worker.said().trim()).toBe(
      'attune: MEDIASOUP_WORKER_BIN is /bin/true, which is no media worker that runs here; correct it, or unset it to have one built.',
    )
  })
})
