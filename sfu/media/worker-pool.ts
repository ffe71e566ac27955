/**
 * mediasoup's workers, each with one WebRtcServer on one UDP and TCP port. A worker that dies is
 * replaced on the same port, and everyone who had a router on it is told. It knows nothing of
 * classes or people.
 */
import { createWorker, type types } from 'mediasoup'
import type { Cancel, Clock } from '../clock.ts'
import type { Logger } from '../log.ts'
import type { InternalLoad } from '../protocol/load.ts'
import { routerCodecs } from './codecs.ts'
import { type ListenOptions, listenInfos } from './listen-addresses.ts'

export interface WorkerPoolOptions extends ListenOptions {
  workers: number
  mediaPort: number
  workerBin: string | null
  clock: Clock
  log: Logger
}

/** A router and the server that its transports listen on. */
export interface RouterPlace {
  router: types.Router
  webRtcServer: types.WebRtcServer
}

/** A media port that could not be opened; the message is for the person who starts the server. */
export class MediaPortError extends Error {
  readonly code: 'media-port-unavailable'
  constructor(port: number, options?: ErrorOptions) {
    super(
      `Port ${port} (UDP and TCP) cannot be opened for media: another program may use it. Set SFU_PORT to a free port.`,
      options,
    )
    this.name = 'MediaPortError'
    this.code = 'media-port-unavailable'
  }
}

interface Slot {
  readonly port: number
  current: Seat | null
  cancelRetry: Cancel | null
}

interface Seat {
  worker: types.Worker
  webRtcServer: types.WebRtcServer
  routers: number
}

const RETRY_MILLISECONDS = 500

export class WorkerPool {
  readonly #options: WorkerPoolOptions
  readonly #slots: Slot[]
  #waiting: (() => void)[] = []
  #closed = false
  #deaths = 0

  private constructor(options: WorkerPoolOptions) {
    this.#options = options
    this.#slots = Array.from({ length: options.workers }, (_, index) => ({
      port: options.mediaPort + index,
      current: null,
      cancelRetry: null,
    }))
  }

  /**
   * Starts the workers.
   *
   * @throws {MediaPortError} when a port is taken
   */
  static async start(options: WorkerPoolOptions): Promise<WorkerPool> {
    const pool = new WorkerPool(options)
    try {
      await Promise.all(pool.#slots.map((slot) => pool.#fill(slot)))
    } catch (error) {
      pool.close()
      throw error
    }
    return pool
  }

  /** How many workers run, and how many should. */
  get health(): { running: number; wanted: number } {
    const running = this.#slots.filter(({ current }) => current !== null).length
    return { running, wanted: this.#slots.length }
  }

  /** Workers that died since the start. */
  get deaths(): number {
    return this.#deaths
  }

  /** Process ids of the workers that run. */
  get pids(): number[] {
    return this.#slots.flatMap(({ current }) => (current === null ? [] : [current.worker.pid]))
  }

  /** How busy each worker is, in the order of their ports. */
  load(): Promise<InternalLoad['workers']> {
    return Promise.all(
      this.#slots.map(async ({ port, current }) => {
        const usage = await current?.worker.getResourceUsage().catch(() => null)
        // A worker that is being replaced, or that died over the question.
        if (current === null || !usage) {
          return { port, running: false, routers: 0, cpuMilliseconds: 0, memoryBytes: 0 }
        }
        const { ru_utime: user, ru_stime: system, ru_maxrss: kibibytes } = usage
        const used = { cpuMilliseconds: user + system, memoryBytes: kibibytes * 1024 }
        return { port, running: true, routers: current.routers, ...used }
      }),
    )
  }

  /**
   * Makes a router on the least used worker; waits while there is none.
   *
   * @param onLost called once if the worker dies while the router is in use
   */
  async createRouter(onLost: () => void): Promise<RouterPlace> {
    const seat = await this.#leastUsed()
    seat.routers += 1
    try {
      const router = await seat.worker.createRouter({ mediaCodecs: routerCodecs })
      router.observer.once('close', () => {
        seat.routers -= 1
      })
      router.on('workerclose', () => {
        if (!this.#closed) onLost()
      })
      return { router, webRtcServer: seat.webRtcServer }
    } catch (error) {
      seat.routers -= 1
      throw error
    }
  }

  /** Ends every worker, and with them all media. */
  close(): void {
    this.#closed = true
    for (const slot of this.#slots) {
      slot.cancelRetry?.()
      slot.current?.worker.close()
      slot.current = null
    }
  }

  async #leastUsed(): Promise<Seat> {
    for (;;) {
      // A dying worker closes its routers before it says that it died.
      const seats = this.#slots.flatMap(({ current }) =>
        current === null || current.worker.closed ? [] : [current],
      )
      const best = seats.toSorted((a, b) => a.routers - b.routers)[0]
      if (best !== undefined) return best
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  async #fill(slot: Slot): Promise<void> {
    const { workerBin, log } = this.#options
    const worker = await createWorker({
      logLevel: 'error',
      ...(workerBin !== null && { workerBin }),
    })
    const webRtcServer = await worker
      .createWebRtcServer({ listenInfos: listenInfos(this.#options, slot.port) })
      .catch((error: unknown) => {
        worker.close()
        throw new MediaPortError(slot.port, { cause: error })
      })
    if (this.#closed) {
      worker.close()
      return
    }
    slot.current = { worker, webRtcServer, routers: 0 }
    worker.on('died', () => {
      log.error({ port: slot.port }, 'media worker died')
      this.#deaths += 1
      slot.current = null
      this.#refill(slot)
    })
    const waiting = this.#waiting
    this.#waiting = []
    for (const resume of waiting) resume()
  }

  #refill(slot: Slot): void {
    if (this.#closed) return
    this.#fill(slot).catch((error: unknown) => {
      this.#options.log.error({ err: error, port: slot.port }, 'media worker not replaced yet')
      slot.cancelRetry = this.#options.clock.after(RETRY_MILLISECONDS, () => {
        this.#refill(slot)
      })
    })
  }
}
