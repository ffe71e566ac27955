/**
 * The media server's figures for Prometheus: how many, how busy, what went wrong. Counts alone; it
 * names no class and no person.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { ClassRegistry } from './class/class-registry.ts'
import type { WorkerPool } from './media/worker-pool.ts'
import { figure, type MetricFamily, processFigures, Tally } from './protocol/exposition.ts'

export class SfuMetrics {
  readonly #delay = monitorEventLoopDelay({ resolution: 20 })
  readonly #cutOff = new Tally()
  readonly #refused = new Tally()

  constructor() {
    this.#delay.enable()
  }

  /** A connection was ended for what it did. */
  cutOff(reason: string): void {
    this.#cutOff.add(reason)
  }

  /** A request was answered with a code. */
  refused(code: string): void {
    this.#refused.add(code)
  }

  close(): void {
    this.#delay.disable()
  }

  /** Everything, as of now. */
  async families(parts: {
    registry: ClassRegistry
    pool: WorkerPool
    connections: number
  }): Promise<MetricFamily[]> {
    const { registry, pool, connections } = parts
    const live = registry.describe().classes.filter(({ endedAt }) => endedAt === null)
    const count = (role: 'teacher' | 'student' | 'guest'): number =>
      live.reduce((sum, { members }) => sum + members[role], 0)
    const workers = await pool.load()
    return [
      figure('attune_sfu_classes', 'gauge', 'Classes that run.', live.length),
      {
        name: 'attune_sfu_members',
        type: 'gauge',
        help: 'Memberships of classes that run.',
        samples: (['teacher', 'student', 'guest'] as const).map((role) => ({
          labels: { role },
          value: count(role),
        })),
      },
      figure('attune_sfu_transports', 'gauge', 'Media transports.', registry.transports),
      figure('attune_sfu_connections', 'gauge', 'Signalling connections.', connections),
      {
        name: 'attune_sfu_cut_off_total',
        type: 'counter',
        help: 'Connections ended for what they did.',
        samples: this.#cutOff.samples('reason'),
      },
      {
        name: 'attune_sfu_refused_total',
        type: 'counter',
        help: 'Requests answered with an error.',
        samples: this.#refused.samples('code'),
      },
      figure('attune_sfu_worker_deaths_total', 'counter', 'Media workers that died.', pool.deaths),
      ...perWorker(workers),
      ...processFigures('attune_sfu', process, this.#delay),
    ]
  }
}

function perWorker(workers: Awaited<ReturnType<WorkerPool['load']>>): MetricFamily[] {
  const samples = (valueOf: (worker: (typeof workers)[number]) => number) =>
    workers.map((worker) => ({ labels: { port: String(worker.port) }, value: valueOf(worker) }))
  return [
    {
      name: 'attune_sfu_worker_running',
      type: 'gauge',
      help: 'Whether the media worker runs.',
      samples: samples(({ running }) => (running ? 1 : 0)),
    },
    {
      name: 'attune_sfu_worker_routers',
      type: 'gauge',
      help: 'Classes on the media worker.',
      samples: samples(({ routers }) => routers),
    },
    {
      name: 'attune_sfu_worker_cpu_seconds_total',
      type: 'counter',
      help: 'Processor time of the media worker.',
      samples: samples(({ cpuMilliseconds }) => cpuMilliseconds / 1_000),
    },
    {
      name: 'attune_sfu_worker_memory_bytes',
      type: 'gauge',
      help: 'Largest memory of the media worker.',
      samples: samples(({ memoryBytes }) => memoryBytes),
    },
  ]
}
