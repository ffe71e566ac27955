/**
 * Loaded into web and sfu before they start: when the supervisor dies without a word, its channel
 * closes, and this ends the process in the orderly way, or by force when that takes too long.
 */
import { flushCompileCache } from 'node:module'

const LIMIT_MS = 8_000
/** By then whatever the process runs has been compiled. */
const COMPILED_AFTER_MS = 10_000

// What is compiled is kept for the next start. Node would do so at an orderly end alone.
setTimeout(flushCompileCache, COMPILED_AFTER_MS).unref()

process.once('disconnect', () => {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), LIMIT_MS).unref()
  process.kill(process.pid, 'SIGTERM')
})
// The channel alone must not keep a process alive that wants to end.
process.channel?.unref()
// Workers that the process forks inherit its options; theirs is another channel, which they need.
const at = process.execArgv.indexOf('--import')
if (at !== -1) process.execArgv.splice(at, 2)
