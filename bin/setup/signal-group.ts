/** Signals a process group that was started here. One that is gone already is what was wanted. */
import type { ChildProcess } from 'node:child_process'

/** Signals `child`, started detached, and everything in its group. */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
