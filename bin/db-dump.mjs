#!/usr/bin/env node
/** What `npm run db:dump` runs: installs what is missing, then bin/db-dump.ts on Node 24. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { handOver } from './setup/hand-over.mjs'
import { install } from './setup/install.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

try {
  const environmentFile = join(ROOT, '.env')
  if (existsSync(environmentFile) && process.loadEnvFile) process.loadEnvFile(environmentFile)
  handOver(await install(ROOT), join(ROOT, 'bin/db-dump.ts'), process.argv.slice(2))
} catch (error) {
  console.error(`attune: ${error.message}`)
  process.exitCode = 1
}
