/**
 * Figures in the text form that Prometheus reads (exposition format 0.0.4), for the media server and
 * for web alike. Pure; a label must never name a person, an address or a class.
 */

export interface Sample {
  labels?: Readonly<Record<string, string>>
  value: number
  /** Set for the parts of a histogram: `_bucket`, `_sum`, `_count`. */
  suffix?: string
}

export interface MetricFamily {
  name: string
  type: 'counter' | 'gauge' | 'histogram'
  help: string
  samples: readonly Sample[]
}

export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** The text of some figures; every family ends with a line feed. */
export function exposition(families: readonly MetricFamily[]): string {
  return families
    .map(({ name, type, help, samples }) => {
      const lines = samples.map(({ labels = {}, value, suffix = '' }) => {
        const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escaped(text)}"`)
        const inner = pairs.length === 0 ? '' : `{${pairs.join(',')}}`
        return `${name}${suffix}${inner} ${numberOf(value)}\n`
      })
      return `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n# TYPE ${name} ${type}\n${lines.join('')}`
    })
    .join('')
}

/** One figure without labels. */
export function figure(
  name: string,
  type: 'counter' | 'gauge',
  help: string,
  value: number,
): MetricFamily {
  return { name, type, help, samples: [{ value }] }
}

const NANOSECONDS = 1e9
const MICROSECONDS = 1e6

/**
 * What every process of ours tells of itself.
 * @param prefix what the figures' names begin with, such as `attune_web`
 * @param self the process
 * @param delay of its event loop, in nanoseconds; begins anew
 */
export function processFigures(
  prefix: string,
  self: {
    cpuUsage: () => { user: number; system: number }
    memoryUsage: { rss: () => number }
  },
  delay: { percentile: (percent: number) => number; reset: () => void },
): MetricFamily[] {
  const { user, system } = self.cpuUsage()
  const lag = delay.percentile(99) / NANOSECONDS
  delay.reset()
  return [
    figure(
      `${prefix}_cpu_seconds_total`,
      'counter',
      'Processor time of the process.',
      (user + system) / MICROSECONDS,
    ),
    figure(
      `${prefix}_memory_bytes`,
      'gauge',
      'Resident memory of the process.',
      self.memoryUsage.rss(),
    ),
    figure(
      `${prefix}_event_loop_delay_seconds`,
      'gauge',
      'Delay of the event loop since the last look, 99th percentile.',
      Number.isFinite(lag) ? lag : 0,
    ),
  ]
}

/** Counts by one label, in the order in which they were first seen. */
export class Tally {
  readonly #counts = new Map<string, number>()

  add(label: string): void {
    this.#counts.set(label, (this.#counts.get(label) ?? 0) + 1)
  }

  samples(name: string): Sample[] {
    return [...this.#counts].map(([label, value]) => ({ labels: { [name]: label }, value }))
  }
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}

function numberOf(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  return String(value)
}
