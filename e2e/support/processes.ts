/**
 * The service's processes, seen as an operating system shows them: found by what they run, killed without a word,
 * stopped and continued. Only descendants of this very process are ever touched.
 */
import { readdirSync, readFileSync } from 'node:fs'

export interface ProcessInfo {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

/** Every process below this one, or below another. */
export function descendants(of = process.pid): ProcessInfo[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readProcess(Number(name)))
    .filter((one) => one !== null)
  const found: ProcessInfo[] = []
  let parents = new Set([of])
  while (parents.size > 0) {
    const children = all.filter(({ parent }) => parents.has(parent))
    found.push(...children)
    parents = new Set(children.map(({ pid }) => pid))
  }
  return found
}

const PARTS = {
  sfu: /sfu\/main\.ts/,
  web: /app\/_server\/main\.ts/,
  worker: /mediasoup-worker/,
  database: /postgres\0-D\0/,
} as const

export type Part = keyof typeof PARTS

/** Ids of the processes of one part of the service. */
export function pidsOf(part: Part): number[] {
  const found = descendants().filter(({ command }) => PARTS[part].test(command))
  // A program that only starts another stands in both lines.
  return found
    .filter(({ pid }) => !found.some(({ parent }) => parent === pid))
    .map(({ pid }) => pid)
}

/** Kills one part as the kernel would when memory is short. Answers its ids. */
export function kill(part: Part): number[] {
  const pids = pidsOf(part)
  if (pids.length === 0) throw new Error(`There is no process of ${part} to kill.`)
  for (const pid of pids) process.kill(pid, 'SIGKILL')
  return pids
}

function readProcess(pid: number): ProcessInfo | null {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8')
    const command = readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8')
    return { pid, parent: Number(/^PPid:\s*(\d+)/m.exec(status)?.[1] ?? 0), command }
  } catch {
    // It has ended since the list was made.
    return null
  }
}
