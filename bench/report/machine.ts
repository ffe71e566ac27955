/** The machine that a run was on, in one line, and how busy it was with other things when the run began. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { arch, availableParallelism, cpus, loadavg, release, totalmem } from 'node:os'

export function describeMachine(now: Date): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor'
  const memory = `${String(Math.round(totalmem() / 2 ** 30))} GiB`
  const cores = `${String(availableParallelism())} cores`
  return [
    `${now.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    `${model} (${arch()}), ${cores}, ${memory}`,
    `Linux ${release()}`,
    `Node ${process.versions.node}`,
    `load before the run ${loadavg()[0]?.toFixed(2) ?? '–'}`,
  ].join('; ')
}

/** What a Debian package's version is here, or null where it is not installed. */
export function packageVersion(name: string): string | null {
  try {
    const status = execFileSync('dpkg-query', ['-W', '-f=${Status} ${Version}', name], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return /^install ok installed (.*)$/.exec(status)?.[1] ?? null
  } catch (error) {
    if (error instanceof Error) return null
    throw error
  }
}

/** Seconds of processor time that a process's living threads have used, and its resident bytes. */
export function usageOf(pid: number): { readonly cpuSeconds: number; readonly rssBytes: number } {
  const folder = `/proc/${String(pid)}`
  // The scheduler's own count, in nanoseconds: utime and stime tell hundredths of a second.
  const nanoseconds = readdirSync(`${folder}/task`).map((thread) => {
    const [used = ''] = readFileSync(`${folder}/task/${thread}/schedstat`, 'utf8').split(' ')
    return Number(used)
  })
  const stat = readFileSync(`${folder}/stat`, 'utf8')
  // The name is in parentheses and may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const cpuSeconds = nanoseconds.reduce((sum, used) => sum + used, 0) / 1e9
  return { cpuSeconds, rssBytes: Number(fields[21]) * PAGE_BYTES }
}

const PAGE_BYTES = 4096
