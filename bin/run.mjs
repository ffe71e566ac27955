#!/usr/bin/env node
/**
 * Runs a script of the project on Node 24, with everything installed: `node bin/run.mjs FILE [...]`.
 * On any Node from 20 on; it must not import anything that npm installs.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadEnvironmentFile } from './setup/environment-file.mjs'
import { handOver } from './setup/hand-over.mjs'
import { install } from './setup/install.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

try {
  const [script = '', ...argv] = process.argv.slice(2)
  loadEnvironmentFile(ROOT)
  handOver(await install(ROOT), join(ROOT, script), argv)
} catch (error) {
  console.error(`attune: ${error.message}`)
  process.exitCode = 1
}
