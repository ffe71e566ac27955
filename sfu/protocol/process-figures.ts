/**
 * What every process of ours tells Prometheus of itself: processor time, memory, and how late its event loop runs. For
 * Node alone, and so not part of the protocol's entry.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { figure, type MetricFamily } from './exposition.ts'

const NANOSECONDS = 1e9
const MICROSECONDS = 1e6

export class ProcessFigures {
  readonly #prefix: string
  readonly #delay = monitorEventLoopDelay({ resolution: 20 })

  /** @param prefix what the figures' names begin with, such as `attune_web` */
  constructor(prefix: string) {
    this.#prefix = prefix
    this.#delay.enable()
  }

  close(): void {
    this.#delay.disable()
  }

  /** As of now; the delay is that since the last call. */
  families(): MetricFamily[] {
    const { user, system } = process.cpuUsage()
    const lag = this.#delay.percentile(99) / NANOSECONDS
    this.#delay.reset()
    return [
      figure(
        `${this.#prefix}_cpu_seconds_total`,
        'counter',
        'Processor time of the process.',
        (user + system) / MICROSECONDS,
      ),
      figure(
        `${this.#prefix}_memory_bytes`,
        'gauge',
        'Resident memory of the process.',
        process.memoryUsage.rss(),
      ),
      figure(
        `${this.#prefix}_event_loop_delay_seconds`,
        'gauge',
        'Delay of the event loop since the last look, 99th percentile.',
        Number.isFinite(lag) ? lag : 0,
      ),
    ]
  }
}
