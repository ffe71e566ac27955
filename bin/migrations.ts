/**
 * Migrations against the schema, on a PostgreSQL of this command's own that is thrown away.
 *
 *   node bin/migrations.ts check        do the migrations make exactly what the schema says?
 *   node bin/migrations.ts new NAME     write the migration that is missing
 *
 * It never touches a database that holds anything.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCommand } from './setup/run-command.ts'
import { MIGRATIONS_FOLDER } from '../prisma/migrate.ts'
import { startTestServer } from './testing/database.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const STATUS_DIFFERENT = 2

/** Runs `prisma migrate diff` from the migrations to the schema; exit status and script. */
async function difference(url: string): Promise<{ status: number | null; text: string }> {
  const prisma = join(ROOT, 'node_modules/prisma/build/index.js')
  const args = ['migrate', 'diff', '--from-migrations', 'prisma/migrations']
  const to = ['--to-schema', 'prisma/schema.prisma', '--script', '--exit-code']
  const result = await runCommand(process.execPath, [prisma, ...args, ...to], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: url },
  })
  return { status: result.status, text: result.status === 1 ? result.tail : result.stdout }
}

async function main(command: string | undefined, name: string | undefined): Promise<number> {
  const server = await startTestServer({ migrated: false })
  try {
    const { status, text } = await difference(server.url)
    if (status === 0) {
      console.log('The migrations make exactly what the schema says.')
      return 0
    }
    if (status !== STATUS_DIFFERENT || command !== 'new' || name === undefined) {
      console.error(
        `The migrations do not make what the schema says; write the missing one: node bin/migrations.ts new NAME\n${text}`,
      )
      return 1
    }
    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
    const folder = join(MIGRATIONS_FOLDER, `${stamp}_${name}`)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'migration.sql'), `${text.trim()}\n`)
    console.log(`Wrote ${folder}/migration.sql; read it before you commit it.`)
    return 0
  } finally {
    await server.stop()
  }
}

process.exitCode = await main(process.argv[2], process.argv[3])
