/**
 * Hands a command over from whatever Node runs it to Node 24, and ends with it. Plain JavaScript:
 * this runs on Node 20.
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

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
export function handOver(node, script, argv) {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', script, ...argv], {
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
