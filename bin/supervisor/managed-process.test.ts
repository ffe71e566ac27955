import { EventEmitter } from 'node:events'
import { type ChildProcess, spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { ManagedProcess, pauseAfter, type ProcessTimers } from './managed-process.ts'

/** Timers that a test fires; the clock stands unless it is moved. */
class TestTimers implements ProcessTimers {
  time = 0
  readonly #events = new EventEmitter()
  readonly #pending = new Map<() => void, number>()

  readonly after = (ms: number, callback: () => void): (() => void) => {
    this.#pending.set(callback, ms)
    this.#events.emit('asked', ms)
    return () => this.#pending.delete(callback)
  }

  readonly now = (): number => this.time

  /** Waits until someone asks for a pause of `ms`, and ends it at once. */
  async pass(ms: number): Promise<void> {
    const isPending = (): boolean => [...this.#pending.values()].includes(ms)
    while (!isPending()) await new Promise((resolve) => this.#events.once('asked', resolve))
    for (const [callback, pause] of [...this.#pending]) {
      if (pause !== ms) continue
      this.#pending.delete(callback)
      callback()
    }
  }
}

/** A process that runs until it is ended, or ends at once with `status`. */
function child(status: number | null): ChildProcess {
  const script = status === null ? 'setInterval(() => {}, 1e6)' : `process.exit(${String(status)})`
  return spawn(process.execPath, ['-e', script], { detached: true, stdio: 'ignore' })
}

describe('ManagedProcess', () => {
  it('starts a process that died again, after a pause', async () => {
    const timers = new TestTimers()
    const started: ChildProcess[] = []
    const notes: string[] = []
    const managed = new ManagedProcess(
      {
        name: 'it',
        start: (ready) => {
          const process = child(null)
          started.push(process)
          ready()
          return process
        },
        stopSignal: 'SIGTERM',
      },
      (text) => notes.push(text),
      timers,
    )
    await managed.start()
    started[0]?.kill('SIGKILL')
    await timers.pass(125)
    expect(started).toHaveLength(2)
    expect(notes).toEqual(['it ended (SIGKILL); starting it again in 0.125 s'])
    await managed.stop()
    expect(started[1]?.signalCode).toBe('SIGTERM')
  })

  it('gives up one that never serves', async () => {
    const timers = new TestTimers()
    const start = (): ChildProcess => child(3)
    const managed = new ManagedProcess(
      { name: 'it', start, stopSignal: 'SIGTERM' },
      () => undefined,
      timers,
    )
    const started = managed.start()
    const refused = expect(started).rejects.toMatchObject({ code: 'process-gone' })
    await timers.pass(125)
    await timers.pass(250)
    await refused
  })

  it('is stopped in the middle of a pause', async () => {
    const timers = new TestTimers()
    let starts = 0
    const start = (ready: () => void): ChildProcess => {
      starts += 1
      ready()
      return child(1)
    }
    const asked = new Promise<void>((resolve) => {
      const managed = new ManagedProcess(
        { name: 'it', start, stopSignal: 'SIGTERM' },
        () => {
          resolve(managed.stop())
        },
        timers,
      )
      void managed.start()
    })
    await asked
    expect(starts).toBe(1)
  })
})

describe('pauseAfter', () => {
  it('doubles up to half a minute', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 20].map(pauseAfter)).toEqual([
      125, 250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
    ])
  })
})
