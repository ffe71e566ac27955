/**
 * Prisma's command line: where the schema and the migrations are, which database, and a schema
 * engine that needs no download (bin/prisma-engine), unless a native one is installed.
 */
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'prisma/config'

const engines = fileURLToPath(new URL('node_modules/@prisma/engines', import.meta.url))
const native = readdirSync(engines).some((name) => name.startsWith('schema-engine-'))
if (!native) {
  process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= fileURLToPath(
    new URL('bin/prisma-engine/schema-engine.mjs', import.meta.url),
  )
}

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://nobody@127.0.0.1:1/none' },
})
