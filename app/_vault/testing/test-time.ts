/** A clock that stands until it is moved, with the timers that hang on it. */
import type { Timers } from '../timing.ts'

interface Waiting {
  readonly at: number
  readonly order: number
  readonly run: () => void
}

export class TestTime implements Timers {
  #now: number
  #order = 0
  readonly #waiting = new Set<Waiting>()

  constructor(now: number) {
    this.#now = now
  }

  readonly now = (): number => this.#now

  after(ms: number, run: () => void): () => void {
    const waiting = { at: this.#now + ms, order: this.#order++, run }
    this.#waiting.add(waiting)
    return () => {
      this.#waiting.delete(waiting)
    }
  }

  /** Moves the clock past timers that do not run, as a busy device does. */
  jump(ms: number): void {
    this.#now += ms
  }

  /** Moves the clock, running each timer at its moment; `between` lets what they began settle. */
  async advance(ms: number, between: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    const end = this.#now + ms
    for (;;) {
      const due = [...this.#waiting]
        .filter(({ at }) => at <= end)
        .sort((a, b) => a.at - b.at || a.order - b.order)[0]
      if (!due) break
      this.#waiting.delete(due)
      this.#now = Math.max(this.#now, due.at)
      due.run()
      await between()
    }
    this.#now = end
    await between()
  }
}
