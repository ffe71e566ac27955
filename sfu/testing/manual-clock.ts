/** A clock for tests: it stands still until it is moved, and then fires what is due, in order. */
import type { Cancel, Clock } from '../clock.ts'

interface Timer {
  dueAt: number
  action: () => void
}

export class ManualClock implements Clock {
  #now: number
  readonly #timers = new Set<Timer>()

  /** @param start milliseconds since 1970 */
  constructor(start = Date.UTC(2026, 8, 1, 9)) {
    this.#now = start
  }

  now(): number {
    return this.#now
  }

  after(milliseconds: number, action: () => void): Cancel {
    const timer = { dueAt: this.#now + milliseconds, action }
    this.#timers.add(timer)
    return () => {
      this.#timers.delete(timer)
    }
  }

  /** Moves time on, stopping at each timer on the way. */
  advance(milliseconds: number): void {
    const end = this.#now + milliseconds
    for (;;) {
      const due = [...this.#timers]
        .filter(({ dueAt }) => dueAt <= end)
        .toSorted((a, b) => a.dueAt - b.dueAt)[0]
      if (due === undefined) break
      this.#timers.delete(due)
      this.#now = Math.max(this.#now, due.dueAt)
      due.action()
    }
    this.#now = end
  }

  /** Sets time back or forth without firing anything, as a machine's clock may be set. */
  jump(milliseconds: number): void {
    this.#now += milliseconds
  }
}
