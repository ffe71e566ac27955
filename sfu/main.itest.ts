import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SignalingClient } from './testing/signaling-client.ts'
import { createTicketIssuer } from './testing/ticket-issuer.ts'
import { systemClock } from './clock.ts'

/** Each process has a port of its own: a killed one's worker needs a moment to let go of it. */
let mediaPort = 14_180
const main = fileURLToPath(new URL('./main.ts', import.meta.url))

let folder: string
let socket: string
let started: ChildProcess[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'attune-sfu-'))
  socket = join(folder, 'sfu.sock')
  started = []
  const { publicKey } = await createTicketIssuer(systemClock)
  writeFileSync(join(folder, 'key.pem'), publicKey)
})

afterEach(() => {
  for (const child of started) child.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

function start(change: Readonly<Record<string, string | undefined>> = {}) {
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      SFU_INTERNAL: socket,
      SFU_PORT: String(mediaPort++),
      SFU_TICKET_PUBLIC_KEY: join(folder, 'key.pem'),
      SFU_AUDIENCE: 'http://localhost:3000',
      ...change,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  const said = { out: '', error: '' }
  child.stdout.on('data', (data: Buffer) => (said.out += data.toString()))
  child.stderr.on('data', (data: Buffer) => (said.error += data.toString()))
  const exited = once(child, 'close').then(([code]: unknown[]) => code)
  const ready = async () => {
    await Promise.race([
      expect.poll(() => said.out, { timeout: 30_000 }).toContain('"ready"'),
      exited.then(() => Promise.reject(new Error(said.error))),
    ])
  }
  return { child, said, exited, ready }
}

async function health(): Promise<number> {
  const [response] = (await once(
    request({ socketPath: socket, path: '/internal/health' }).end(),
    'response',
  )) as [{ statusCode: number; resume: () => void }]
  response.resume()
  return response.statusCode
}

test('listens on a private socket file, and a signal ends it cleanly', async () => {
  const { child, exited, ready } = start()
  await ready()
  expect(statSync(socket).mode & 0o777).toBe(0o600)
  expect(await health()).toBe(200)
  const client = await SignalingClient.open(`ws+unix://${socket}:/signaling/local`)
  child.kill('SIGTERM')
  expect(await exited).toBe(0)
  expect(await client.closed()).toBe(1012)
  expect(existsSync(socket)).toBe(false)
})

test('a socket file that a killed process left behind is no hindrance; one in use is', async () => {
  const first = start()
  await first.ready()
  first.child.kill('SIGKILL')
  await first.exited
  expect(existsSync(socket)).toBe(true)
  const second = start()
  await second.ready()
  const third = start()
  expect(await third.exited).toBe(1)
  expect(third.said.error).toMatch(/^SFU_INTERNAL cannot be opened: .*\n$/)
  expect(await health()).toBe(200)
})

test('a busy media port is one sentence with the fix', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const port = String((other.address() as AddressInfo).port)
  const { said, exited } = start({ SFU_PORT: port })
  expect(await exited).toBe(1)
  expect(said.error).toMatch(new RegExp(`^Port ${port} .*SFU_PORT.*\\n$`))
  other.close()
})

test('a wrong variable is one sentence', async () => {
  const { said, exited } = start({ SFU_WORKERS: 'many' })
  expect(await exited).toBe(1)
  expect(said.error).toMatch(/^SFU_WORKERS must be .*\n$/)
})
