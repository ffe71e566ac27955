#!/usr/bin/env node
/**
 * What `npm test` runs. On any Node from 20 on, with nothing installed: installs the npm packages,
 * and hands over to bin/test.ts on Node 24. It must not import anything that npm installs.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { handOver } from './setup/hand-over.mjs'
import { install } from './setup/install.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

try {
  handOver(await install(ROOT), join(ROOT, 'bin/test.ts'), process.argv.slice(2))
} catch (error) {
  console.error(`attune: ${error.message}`)
  console.log('0 passed, 1 failed')
  process.exitCode = 1
}
