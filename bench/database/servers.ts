/**
 * The PostgreSQL servers that are compared: the embedded one that the product brings, and one from Debian beside it,
 * reached over TCP as a school's own server would be. Both throw-away, with their own defaults and durable commits.
 */
import {
  chownSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs'
import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { databaseUser, type DatabaseUser } from '../../bin/database/database-user.ts'
import { runCommand } from '../../bin/setup/run-command.ts'
import { startTestServer } from '../../bin/testing/database.ts'
import { freePort } from '../../e2e/support/school.ts'
import { migrate } from '../../prisma/migrate.ts'
import { BenchError } from '../report/part.ts'

const DEBIAN = '/usr/lib/postgresql'
const TEMPLATE = 'attune_template'

export interface Server {
  readonly name: string
  /** Of its maintenance database; it has a migrated template. */
  readonly url: string
  readonly stop: () => Promise<void>
}

export async function embeddedServer(): Promise<Server> {
  const server = await startTestServer()
  return { name: 'embedded', url: server.url, stop: () => server.stop() }
}

/** Folder of the newest programs that Debian installed, or null. */
function debianPrograms(): string | null {
  if (!existsSync(DEBIAN)) return null
  const versions = readdirSync(DEBIAN).toSorted((a, b) => Number(b) - Number(a))
  const folder = versions.map((version) => join(DEBIAN, version, 'bin'))
  return folder.find((bin) => existsSync(join(bin, 'initdb'))) ?? null
}

/** A server of Debian's packages, or null where there is none. */
export async function debianServer(): Promise<Server | null> {
  const programs = debianPrograms()
  if (programs === null) return null
  const home = mkdtempSync(join(tmpdir(), 'attune-pg-'))
  const user = await databaseUser()
  const data = join(home, 'data')
  mkdirSync(data, { mode: 0o700 })
  chmodSync(home, 0o711)
  if (user !== null) chownSync(data, user.uid, user.gid)
  const made = await runCommand(
    join(programs, 'initdb'),
    [`--pgdata=${data}`, '--auth=trust', '--username=attune', '--encoding=UTF8', '--locale=C'],
    { cwd: '/', ...identity(user) },
  )
  if (made.status !== 0) throw new BenchError('peer-failed', `initdb failed: ${made.tail}`)
  const port = await freePort()
  const child = await begin(join(programs, 'postgres'), data, port, user)
  const url = `postgresql://attune@127.0.0.1:${port}/postgres`
  await makeTemplate(url)
  const version = programs.split('/').at(-2) ?? ''
  return {
    name: `external (Debian ${version})`,
    url,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => {
          rmSync(home, { recursive: true, force: true })
          resolve()
        })
        child.kill('SIGINT')
      }),
  }
}

const identity = (user: DatabaseUser | null): { uid?: number; gid?: number } =>
  user === null ? {} : { uid: user.uid, gid: user.gid }

async function begin(
  program: string,
  data: string,
  port: number,
  user: DatabaseUser | null,
): Promise<ChildProcess> {
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=']
  const words = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])]
  const child = spawn(program, words, {
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    ...identity(user),
  })
  const said: string[] = []
  return await new Promise((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line)
      if (line.includes('ready to accept connections')) resolve(child)
    })
    child.once('exit', () => {
      reject(new BenchError('peer-failed', `PostgreSQL ended: ${said.slice(-3).join(' ')}`))
    })
  })
}

async function makeTemplate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`CREATE DATABASE ${TEMPLATE}`)
  await client.end()
  const template = new URL(url)
  template.pathname = `/${TEMPLATE}`
  const pool = new pg.Pool({ connectionString: template.href })
  await migrate(pool)
  await pool.end()
}
