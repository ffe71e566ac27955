/**
 * Applies prisma/migrations in order, once each, without Prisma's native engine, and keeps Prisma's
 * own table, so that `prisma migrate status` agrees with what was done. Several nodes may start at
 * once: an advisory lock lets one of them do it. It never changes an applied migration.
 */
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Pool, PoolClient } from 'pg'
import * as z from 'zod'

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('migrations', import.meta.url))

/** The advisory lock that Prisma Migrate itself takes. */
const LOCK = 72_707_369

const TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`

const Row = z.object({
  migration_name: z.string(),
  checksum: z.string(),
  finished_at: z.date().nullable(),
})

interface Migration {
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

export type MigrationErrorCode =
  'migration-failed-before' | 'migration-changed' | 'migration-failed'

export class MigrationError extends Error {
  readonly code: MigrationErrorCode

  constructor(code: MigrationErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'MigrationError'
    this.code = code
  }
}

/** The migrations of a folder (`<name>/migration.sql`), in the order of their names. */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'migration.sql')))
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

/**
 * Brings the database behind `pool` up to the migrations in `folder`; answers the names of those it
 * applied. Throws MigrationError and leaves the database as the last good migration left it.
 */
export async function migrate(pool: Pool, folder: string = MIGRATIONS_FOLDER): Promise<string[]> {
  const wanted = readMigrations(folder)
  const client = await pool.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK])
    try {
      return await applyMissing(client, wanted)
    } finally {
      await client.query('SELECT pg_advisory_unlock($1)', [LOCK])
    }
  } finally {
    client.release()
  }
}

async function applyMissing(client: PoolClient, wanted: readonly Migration[]): Promise<string[]> {
  await client.query(TABLE)
  const { rows } = await client.query(
    'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
  )
  const known = z.array(Row).parse(rows)
  const failed = known.find((row) => row.finished_at === null)
  if (failed !== undefined) {
    throw new MigrationError(
      'migration-failed-before',
      `Migration ${failed.migration_name} failed before; resolve it with: npx prisma migrate resolve`,
    )
  }
  const checksums = new Map(known.map((row) => [row.migration_name, row.checksum]))
  const applied: string[] = []
  for (const migration of wanted) {
    const checksum = checksums.get(migration.name)
    if (checksum === undefined) {
      await apply(client, migration)
      applied.push(migration.name)
    } else if (checksum !== migration.checksum) {
      throw new MigrationError(
        'migration-changed',
        `Migration ${migration.name} was changed after it had been applied; write a new one instead.`,
      )
    }
  }
  return applied
}

/** One transaction for the SQL and its record: all of it or nothing. */
async function apply(client: PoolClient, migration: Migration): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(migration.sql)
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    )
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    const reason = error instanceof Error ? error.message : String(error)
    throw new MigrationError('migration-failed', `Migration ${migration.name}: ${reason}`, {
      cause: error,
    })
  }
}
