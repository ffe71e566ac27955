/**
 * Web's figures for Prometheus, with the media server's behind them, at `/metrics`: for this machine
 * itself, or for whoever shows METRICS_TOKEN. Counts and times alone: no path, no address, no person.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import {
  EXPOSITION_TYPE,
  exposition,
  figure,
  type MetricFamily,
  processFigures,
  Tally,
} from '../../../sfu/protocol/exposition.ts'
import { sameText } from '../core/bytes.ts'
import { exchange } from '../core/sfu-channel.ts'

export const METRICS_PATH = '/metrics'

/** Upper bounds of the buckets of answer times, in seconds. */
const BUCKETS = [0.01, 0.03, 0.1, 0.3, 1, 3, 10] as const

export interface WebMetricsOptions {
  /** Where the media server's internal listener is. */
  readonly sfu: string
  readonly token: string | null
  /** Signalling connections that go through here. */
  readonly connections: () => number
}

export class WebMetrics {
  readonly #options: WebMetricsOptions
  readonly #delay = monitorEventLoopDelay({ resolution: 20 })
  readonly #byStatus = new Tally()
  readonly #buckets = BUCKETS.map(() => 0)
  #seconds = 0
  #answers = 0

  constructor(options: WebMetricsOptions) {
    this.#options = options
    this.#delay.enable()
  }

  /** Counts a request once it is answered. */
  watch(request: IncomingMessage, response: ServerResponse): void {
    const began = performance.now()
    response.once('finish', () => {
      const seconds = (performance.now() - began) / 1_000
      this.#byStatus.add(`${String(Math.floor(response.statusCode / 100))}xx`)
      this.#answers += 1
      this.#seconds += seconds
      for (const [index, bound] of BUCKETS.entries()) {
        if (seconds <= bound) this.#buckets[index] = (this.#buckets[index] ?? 0) + 1
      }
    })
  }

  /** Answers `/metrics`; a stranger learns not even that it is there. */
  async answer(request: IncomingMessage, response: ServerResponse, local: boolean): Promise<void> {
    if (request.method !== 'GET' || !(local || this.#shows(request.headers.authorization))) {
      response.writeHead(404).end()
      return
    }
    const own = exposition(this.#families())
    // A media server that is down must not hide web's own figures.
    const sfu = await exchange(this.#options.sfu, 'GET', '/internal/metrics').catch(() => '')
    const up = exposition([
      figure('attune_sfu_up', 'gauge', 'Whether the media server answers.', sfu === '' ? 0 : 1),
    ])
    response.writeHead(200, { 'Content-Type': EXPOSITION_TYPE, 'Cache-Control': 'no-store' })
    response.end(own + up + sfu)
  }

  #shows(authorization: string | undefined): boolean {
    const { token } = this.#options
    if (token === null || authorization === undefined) return false
    return sameText(authorization, `Bearer ${token}`)
  }

  #families(): MetricFamily[] {
    return [
      {
        name: 'attune_web_requests_total',
        type: 'counter',
        help: 'Requests answered.',
        samples: this.#byStatus.samples('status'),
      },
      {
        name: 'attune_web_request_seconds',
        type: 'histogram',
        help: 'Time to the end of the answer.',
        samples: [
          ...BUCKETS.map((bound, index) => ({
            suffix: '_bucket',
            labels: { le: String(bound) },
            value: this.#buckets[index] ?? 0,
          })),
          { suffix: '_bucket', labels: { le: '+Inf' }, value: this.#answers },
          { suffix: '_sum', value: this.#seconds },
          { suffix: '_count', value: this.#answers },
        ],
      },
      figure(
        'attune_web_signaling_connections',
        'gauge',
        'Signalling connections through web.',
        this.#options.connections(),
      ),
      ...processFigures('attune_web', process, this.#delay),
    ]
  }
}
