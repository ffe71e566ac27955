/**
 * Runs a program to its end and collects what it says. It never goes through a shell, so that no
 * path or value is ever read as code.
 */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { signalGroup } from './signal-group.ts'

export interface CommandResult {
  /** Exit status; null when a signal ended it (the time limit, for one). */
  readonly status: number | null
  /** The last lines of standard output and error together, at most `keepLines`. */
  readonly tail: string
  /** Standard output, whole. */
  readonly stdout: string
}

export interface CommandOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** Run as another user; only root may. */
  readonly uid?: number
  readonly gid?: number
  /** Milliseconds after which the whole process group is killed. */
  readonly limitMs?: number
  /** Called with each line of either stream; answering 'stop' kills the process group. */
  readonly onLine?: (line: string) => 'stop' | undefined
}

const KEPT_LINES = 40

/** Runs `file` with `args`. Rejects only when it cannot be started at all. */
export function runCommand(
  file: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      uid: options.uid,
      gid: options.gid,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    const tail: string[] = []
    const out: string[] = []
    const kill = (): void => {
      signalGroup(child, 'SIGKILL')
    }
    const timer = options.limitMs === undefined ? undefined : setTimeout(kill, options.limitMs)
    const take = (line: string): void => {
      tail.push(line)
      if (tail.length > KEPT_LINES) tail.shift()
      if (options.onLine?.(line) === 'stop') kill()
    }
    createInterface({ input: child.stdout }).on('line', (line) => {
      out.push(line)
      take(line)
    })
    createInterface({ input: child.stderr }).on('line', take)
    // Asked, not killed: a build tool then ends what it started in groups of its own.
    const onExit = (): void => {
      signalGroup(child, 'SIGTERM')
    }
    process.once('exit', onExit)
    child.once('error', (error) => {
      clearTimeout(timer)
      process.off('exit', onExit)
      reject(error)
    })
    child.once('close', (status) => {
      clearTimeout(timer)
      process.off('exit', onExit)
      resolve({ status, tail: tail.join('\n'), stdout: out.join('\n') })
    })
  })
}

/** Whether `file` can be found on PATH and answers `--version` (or `args`). */
export async function answers(
  file: string,
  args: readonly string[] = ['--version'],
): Promise<boolean> {
  try {
    return (await runCommand(file, args, { limitMs: 20_000 })).status === 0
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}
