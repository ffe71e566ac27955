#!/usr/bin/env node
/**
 * What `npm start`, `npm run dev` and `npm run demo` run. On any Node from 20 on, with nothing
 * installed: checks arguments and environment, installs the npm packages, and hands over to
 * bin/serve.ts (or bin/demo.ts) on Node 24. It must not import anything that npm installs.
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { install } from './setup/install.mjs'
import { checkPorts } from './setup/ports.mjs'
import { parseArguments, readSettings } from './setup/settings.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const HELP = `npm start -- [options]
  --port N               port of the web server (or PORT; default 3000)
  --https                serve HTTPS with a certificate made on this machine
  --no-system-packages   never install Debian packages; print the command instead
Environment variables are explained in .env.example; a file .env is read.`

/** How often to look whether npm is still there, in milliseconds. */
const WATCH_MS = 1000

/** This process' parent and that one's parent, as far as the system tells. */
function processesAbove() {
  const file = `/proc/${process.ppid}/stat`
  // "pid (name) state ppid …"; the name may hold blanks and brackets.
  const parent = existsSync(file) ? readFileSync(file, 'utf8').split(') ').at(-1).split(' ')[1] : ''
  return `${process.ppid} ${parent}`
}

/** Runs `script` on `node` until it ends, and passes signals on. Its channel tells it of our death. */
function handOver(node, script, argv) {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', join(ROOT, script), ...argv], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal))
  }
  // npm does not always pass the signal on that ends it; then the place above us, or above the
  // shell between, changes.
  const above = processesAbove()
  const watch = setInterval(() => {
    if (process.env.npm_lifecycle_event && processesAbove() !== above) child.kill('SIGTERM')
  }, WATCH_MS)
  child.once('exit', (status, signal) => {
    clearInterval(watch)
    process.exitCode = status ?? (signal === 'SIGINT' ? 130 : 143)
  })
}

try {
  const argv = process.argv.slice(2)
  const environmentFile = join(ROOT, '.env')
  if (existsSync(environmentFile) && process.loadEnvFile) process.loadEnvFile(environmentFile)
  const options = parseArguments(argv)
  if (options.help) {
    console.log(HELP)
  } else {
    await checkPorts(readSettings(argv, process.env))
    const node = await install(ROOT)
    handOver(node, options.demo ? 'bin/demo.ts' : 'bin/serve.ts', argv)
  }
} catch (error) {
  console.error(`attune: ${error.message}`)
  process.exitCode = 1
}
