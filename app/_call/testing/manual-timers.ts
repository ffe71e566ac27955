/**
 * A clock that a test moves by hand. Nothing happens by itself: `advance` runs what is due, in
 * order, and lets promises settle in between.
 */
import type { Timers } from '../timers.ts'

export type ManualTimers = Timers & {
  /** Moves the clock by `ms` and runs what falls due on the way. */
  advance(ms: number): Promise<void>
  /** How many tasks are waiting. */
  readonly waiting: number
}

type Task = { at: number; run: () => void }

/** Lets everything that needs no clock come to rest. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
}

/** @param random what every draw answers, in [0, 1) */
export function createManualTimers(random = 0): ManualTimers {
  let now = 1_000_000
  const tasks = new Set<Task>()

  function nextUntil(end: number): Task | undefined {
    return [...tasks]
      .filter(({ at }) => at <= end)
      .sort((one, other) => one.at - other.at)
      .at(0)
  }

  return {
    now: () => now,
    random: () => random,
    after(delay, run) {
      const task = { at: now + delay, run }
      tasks.add(task)
      return () => {
        tasks.delete(task)
      }
    },
    async advance(ms) {
      const end = now + ms
      await settle()
      for (let task = nextUntil(end); task !== undefined; task = nextUntil(end)) {
        tasks.delete(task)
        now = task.at
        task.run()
        await settle()
      }
      now = end
    },
    get waiting() {
      return tasks.size
    },
  }
}
