/**
 * One process of the service: started in a group of its own, started again when it dies, with
 * growing pauses, and ended with everything that it started. It knows nothing of what the process
 * does; how to start it and how to know that it serves are handed in.
 */
import type { ChildProcess } from 'node:child_process'
import { SetupError } from '../setup/setup-error.ts'
import { signalGroup } from '../setup/signal-group.ts'

export interface ProcessPlan {
  readonly name: string
  /** Starts the process, detached; calls `ready` once it serves. */
  readonly start: (ready: () => void) => ChildProcess
  /** Asks for an orderly end. */
  readonly stopSignal: NodeJS.Signals
}

export interface ProcessTimers {
  /** Calls back after `ms`; the function it answers calls it off. */
  readonly after: (ms: number, callback: () => void) => () => void
  readonly now: () => number
}

export const realTimers: ProcessTimers = {
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms)
    return () => {
      clearTimeout(timer)
    }
  },
  now: Date.now,
}

const FIRST_PAUSE_MS = 125
const LONGEST_PAUSE_MS = 30_000
/** A process that served this long has earned a short pause again. */
const HEALTHY_AFTER_MS = 60_000
/** Deaths before it has ever served after which it is given up. */
const ATTEMPTS = 3
const STOP_LIMIT_MS = 10_000

/** Pause before start number `deaths + 1`, in ms. */
export function pauseAfter(deaths: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** Math.max(0, deaths - 1), LONGEST_PAUSE_MS)
}

export class ManagedProcess {
  readonly #plan: ProcessPlan
  readonly #timers: ProcessTimers
  readonly #note: (text: string) => void
  #child: ChildProcess | null = null
  #startedAt = 0
  #deaths = 0
  #served = false
  #stopping = false
  #cancelPause: (() => void) | null = null
  #settle: { resolve: () => void; reject: (error: Error) => void } | null = null

  constructor(plan: ProcessPlan, note: (text: string) => void, timers: ProcessTimers = realTimers) {
    this.#plan = plan
    this.#note = note
    this.#timers = timers
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** Starts it; resolves when it serves, rejects with `process-gone` when it never does. */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
      this.#launch()
    })
  }

  #launch(): void {
    this.#startedAt = this.#timers.now()
    const child = this.#plan.start(() => {
      this.#served = true
      this.#settle?.resolve()
      this.#settle = null
    })
    this.#child = child
    child.once('error', (error) => {
      this.#note(`${this.#plan.name} cannot be started: ${error.message}`)
      if (child.pid === undefined) this.#onDeath(child, 'not started')
    })
    child.once('exit', (status, signal) => {
      this.#onDeath(child, signal ?? `status ${String(status)}`)
    })
  }

  #onDeath(child: ChildProcess, how: string): void {
    signalGroup(child, 'SIGKILL')
    this.#child = null
    if (this.#stopping) return
    const lived = this.#timers.now() - this.#startedAt
    this.#deaths = this.#served && lived > HEALTHY_AFTER_MS ? 1 : this.#deaths + 1
    if (!this.#served && this.#deaths >= ATTEMPTS) {
      const text = `${this.#plan.name} ended (${how}) before it served; what it said stands above.`
      this.#settle?.reject(new SetupError('process-gone', text))
      this.#settle = null
      return
    }
    const pause = pauseAfter(this.#deaths)
    this.#note(`${this.#plan.name} ended (${how}); starting it again in ${String(pause / 1000)} s`)
    this.#cancelPause = this.#timers.after(pause, () => {
      this.#cancelPause = null
      this.#launch()
    })
  }

  /** Ends it and whatever it started; resolves when it is gone. */
  async stop(): Promise<void> {
    this.#stopping = true
    this.#cancelPause?.()
    this.#settle?.reject(new SetupError('process-gone', `${this.#plan.name} was stopped.`))
    this.#settle = null
    const child = this.#child
    if (child === null) return
    await new Promise<void>((resolve) => {
      const cancel = this.#timers.after(STOP_LIMIT_MS, () => {
        signalGroup(child, 'SIGKILL')
      })
      child.once('exit', () => {
        cancel()
        resolve()
      })
      child.kill(this.#plan.stopSignal)
    })
  }
}
