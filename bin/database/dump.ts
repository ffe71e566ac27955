/**
 * The whole database as plain SQL: the migrations that made it, then every row, in an order that
 * foreign keys accept. Loaded into an empty database it gives the same one (`psql -f`). It reads in
 * one snapshot and changes nothing.
 */
import type { ClientBase } from 'pg'
import * as z from 'zod'
import { readMigrations } from '../../prisma/migrate.ts'

const ROWS_AT_ONCE = 500

const Table = z.object({
  name: z.string(),
  columns: z.array(z.string()),
  refers: z.array(z.string()),
})
type Table = z.infer<typeof Table>

const TABLES = `
  SELECT c.relname AS name,
    ARRAY(SELECT a.attname::text FROM pg_attribute a
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
      ORDER BY a.attnum) AS columns,
    ARRAY(SELECT r.relname::text FROM pg_constraint k JOIN pg_class r ON r.oid = k.confrelid
      WHERE k.conrelid = c.oid AND k.contype = 'f') AS refers
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'public' AND c.relkind = 'r'
  ORDER BY c.relname`

const MIGRATIONS = '_prisma_migrations'

/** Tables so ordered that each comes after those it refers to. */
export function inOrderOfReference(tables: readonly Table[]): Table[] {
  const ordered: Table[] = []
  const waiting = [...tables]
  while (waiting.length > 0) {
    const names = new Set(waiting.map((table) => table.name))
    const free = waiting.findIndex((table) =>
      table.refers.every((other) => other === table.name || !names.has(other)),
    )
    // A circle of references has no order: take them as they come.
    ordered.push(...waiting.splice(Math.max(free, 0), 1))
  }
  return ordered
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** The SQL of the migrations that this database has had. */
async function* schemaOf(client: ClientBase, folder: string): AsyncGenerator<string> {
  const { rows } = await client.query(
    `SELECT migration_name AS name FROM "${MIGRATIONS}" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
  )
  const known = new Map(readMigrations(folder).map((migration) => [migration.name, migration.sql]))
  for (const { name } of z.array(z.object({ name: z.string() })).parse(rows)) {
    const sql = known.get(name)
    if (sql === undefined) {
      throw new RangeError(
        `the database has had migration ${name}, which this release does not know`,
      )
    }
    yield `-- Migration ${name}\n${sql.trim()}\n\n`
  }
}

async function* rowsOf(client: ClientBase, table: Table): AsyncGenerator<string> {
  const values = table.columns.map((column) => `quote_nullable(${quoteName(column)}::text)`)
  const into = `INSERT INTO ${quoteName(table.name)} (${table.columns.map(quoteName).join(', ')}) VALUES`
  await client.query(
    `DECLARE dump CURSOR FOR SELECT concat_ws(', ', ${values.join(', ')}) AS row FROM ${quoteName(table.name)}`,
  )
  for (;;) {
    const { rows } = await client.query(`FETCH ${String(ROWS_AT_ONCE)} FROM dump`)
    const lines = z.array(z.object({ row: z.string() })).parse(rows)
    if (lines.length === 0) break
    yield lines.map(({ row }) => `${into} (${row});\n`).join('')
  }
  await client.query('CLOSE dump')
  yield '\n'
}

/** SQL of Prisma's own table, which no migration makes. */
const MIGRATIONS_TABLE = `CREATE TABLE IF NOT EXISTS "${MIGRATIONS}" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
);

`

/** The dump's last line, by which one that was cut short is known. */
export const END_OF_DUMP = '-- The whole database.\n'

/** The dump, piece by piece. `folder` holds the migrations. */
export async function* dumpDatabase(client: ClientBase, folder: string): AsyncGenerator<string> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  try {
    yield "-- Attune's database. Load into an empty one: npm run db:restore < FILE, or psql --single-transaction -f FILE URL\n\n"
    yield MIGRATIONS_TABLE
    yield* schemaOf(client, folder)
    const tables = z.array(Table).parse((await client.query(TABLES)).rows)
    for (const table of inOrderOfReference(tables)) yield* rowsOf(client, table)
    yield END_OF_DUMP
  } finally {
    await client.query('ROLLBACK')
  }
}
