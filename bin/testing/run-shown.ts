/** Runs a check's program with its output shown as it comes. One at a time. */
import { type ChildProcess, spawn } from 'node:child_process'

let running: ChildProcess | null = null

/** Exit status of `program`; null when a signal ended it. */
export function runShown(
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', CHECKPOINT_DISABLE: '1' }
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] })
    running = child
    child.once('error', reject)
    child.once('exit', (status) => {
      running = null
      resolve(status)
    })
  })
}

/** Ends what runs, if anything does. */
export function stopShown(): void {
  running?.kill('SIGTERM')
}
