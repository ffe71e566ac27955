/**
 * What tells a process from a later one of the same number: when it began. Numbers are given out anew,
 * soon so in a container. It reads of a process what everyone may read, and must never touch one.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** The 22nd field of `/proc/ID/stat`, counted from behind the name, which may hold blanks and brackets. */
const STATE = 0
const START = 19

/** States of a process that has ended, and that its parent has not taken notice of yet. */
const ENDED = new Set(['Z', 'X', 'x'])

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // It ended meanwhile, or never was.
    return null
  }
}

/** When the process of such a `/proc/ID/stat` began, in ticks; null where it has ended. */
export function startIn(stat: string): string | null {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return ENDED.has(fields[STATE] ?? 'X') ? null : (fields[START] ?? null)
}

function startByProc(id: number): string | null {
  const [stat, status] = [textOf(`/proc/${String(id)}/stat`), textOf(`/proc/${String(id)}/status`)]
  if (stat === null || status === null) return null
  // Threads have numbers of the same kind, and folders that no listing of /proc shows.
  if (/^Tgid:\s*(\d+)$/m.exec(status)?.[1] !== String(id)) return null
  return startIn(stat)
}

/** As macOS tells it: to the second. */
function startByPs(id: number): string | null {
  const { stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(id)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
  })
  const started = stdout.trim().replaceAll(/\s+/g, '-')
  return started === '' ? null : started
}

/** When process `id` began, in the system's own words without blanks; null where no such process runs. */
export function startOf(id: number): string | null {
  return existsSync('/proc/self/stat') ? startByProc(id) : startByPs(id)
}
