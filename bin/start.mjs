#!/usr/bin/env node
/**
 * What `npm start`, `npm run dev` and `npm run demo` run. On any Node from 20 on, with nothing
 * installed: checks arguments and environment, installs the npm packages, and hands over to
 * bin/serve.ts (or bin/demo.ts) on Node 24. It must not import anything that npm installs.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { demoEnvironment } from './setup/demo-environment.mjs'
import { loadEnvironmentFile } from './setup/environment-file.mjs'
import { handOver } from './setup/hand-over.mjs'
import { install } from './setup/install.mjs'
import { checkPorts } from './setup/ports.mjs'
import { parseArguments, readSettings } from './setup/settings.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const HELP = `npm start -- [options]
  --port N               port of the web server (or PORT; default 3000)
  --https                serve HTTPS with a certificate made on this machine
  --no-system-packages   never install Debian packages; print the command instead
Environment variables are explained in .env.example; a file .env is read.`

try {
  const argv = process.argv.slice(2)
  loadEnvironmentFile(ROOT)
  const options = parseArguments(argv)
  if (options.help) {
    console.log(HELP)
  } else {
    const env = options.demo ? demoEnvironment(process.env) : process.env
    await checkPorts(readSettings(argv, env))
    const node = await install(ROOT)
    handOver(node, join(ROOT, options.demo ? 'bin/demo.ts' : 'bin/serve.ts'), argv)
  }
} catch (error) {
  console.error(`attune: ${error.message}`)
  process.exitCode = 1
}
