/**
 * Loaded into web and sfu before they start: when the supervisor dies without a word, its channel
 * closes, and this ends the process in the orderly way, or by force when that takes too long.
 */
const LIMIT_MS = 8_000

process.once('disconnect', () => {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), LIMIT_MS).unref()
  process.kill(process.pid, 'SIGTERM')
})
// The channel alone must not keep a process alive that wants to end.
process.channel?.unref()
// Workers that the process forks inherit its options; theirs is another channel, which they need.
const at = process.execArgv.indexOf('--import')
if (at !== -1) process.execArgv.splice(at, 2)
