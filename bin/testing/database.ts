/**
 * Real PostgreSQL for the integration tests: one throw-away server a run, one fresh database a
 * caller, migrated by copying a template that was migrated once.
 */
import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '../../prisma/migrate.ts'
import { prepareCluster, startPostgres } from '../database/cluster.ts'

const TEMPLATE = 'attune_template'

/** The same server, another database. */
function withDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

export interface TestServer {
  /** URL of the server's maintenance database. */
  readonly url: string
  stop(): Promise<void>
}

/** Starts a server in a temporary folder and, unless told otherwise, makes the migrated template. */
export async function startTestServer(options = { migrated: true }): Promise<TestServer> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'attune-test-'))
  chmodSync(dataFolder, 0o711)
  const cluster = await prepareCluster({ dataFolder, password: randomUUID() })
  const lines: string[] = []
  const child = await new Promise<ReturnType<typeof startPostgres>>((resolve, reject) => {
    const started = startPostgres(
      cluster,
      () => {
        resolve(started)
      },
      (line) => lines.push(line),
    )
    started.once('exit', () => {
      reject(new Error(`PostgreSQL ended:\n${lines.join('\n')}`))
    })
  })
  const url = withDatabase(cluster.url, 'postgres')
  if (options.migrated) {
    await query(url, `CREATE DATABASE ${TEMPLATE}`)
    const pool = new pg.Pool({ connectionString: withDatabase(url, TEMPLATE) })
    await migrate(pool)
    await pool.end()
  }
  return {
    url,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => {
          rmSync(dataFolder, { recursive: true, force: true })
          resolve()
        })
        child.kill('SIGINT')
      }),
  }
}

/** What PostgreSQL says where somebody stays connected. */
const IN_USE = '55006'

export interface TestDatabase {
  readonly url: string
  drop(): Promise<void>
}

/** A fresh database with every migration applied; `drop()` it when done. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env['ATTUNE_TEST_SERVER']
  if (server === undefined) {
    throw new Error('ATTUNE_TEST_SERVER is not set: run this in the vitest project "integration"')
  }
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await query(server, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`)
  return {
    url: withDatabase(server, name),
    drop: async () => {
      try {
        // PostgreSQL waits some seconds for those who are leaving: one that is cut off meanwhile says so to nobody.
        await query(server, `DROP DATABASE ${name}`)
      } catch (error) {
        if (!(error instanceof pg.DatabaseError && error.code === IN_USE)) throw error
        await query(server, `DROP DATABASE ${name} WITH (FORCE)`)
      }
    },
  }
}
