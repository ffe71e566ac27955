/**
 * Clock, timers and chance, handed in to everything in the engine that waits or draws lots, so
 * that a test can set them. Nothing in the engine calls the global ones itself.
 */

export type Timers = {
  /** Milliseconds since 1970. */
  now(): number
  /** A number in [0, 1). */
  random(): number
  /** Runs `task` once after `delay` milliseconds; answers a function that calls it off. */
  after(delay: number, task: () => void): () => void
}

/** The browser's own clock, timers and chance. */
export const browserTimers: Timers = {
  now: () => Date.now(),
  random: () => Math.random(),
  after(delay, task) {
    const timer = setTimeout(task, delay)
    return () => {
      clearTimeout(timer)
    }
  },
}
