import { describe, expect, test } from 'vitest'
import { createManualTimers } from '../../testing/manual-timers.ts'
import { keepRunning, STALL_MS } from './keep-running.ts'

/** A context that runs only when the browser lets it. */
class TestContext extends EventTarget {
  state: AudioContextState = 'suspended'
  allowed = false
  resumed = 0

  resume(): Promise<void> {
    this.resumed += 1
    if (!this.allowed) return Promise.reject(new DOMException('not yet', 'NotAllowedError'))
    this.become('running')
    return Promise.resolve()
  }

  become(state: AudioContextState): void {
    this.state = state
    this.dispatchEvent(new Event('statechange'))
  }
}

type Start = { pressed?: boolean; state?: AudioContextState }

function set({ pressed = true, state = 'suspended' }: Start = {}) {
  const context = new TestContext()
  context.state = state
  const presses = new EventTarget()
  const timers = createManualTimers()
  let stalled = 0
  const stop = keepRunning({
    context,
    presses,
    pressed,
    timers,
    onStalled: () => {
      stalled += 1
    },
  })
  const press = (name: string): void => {
    presses.dispatchEvent(new Event(name))
  }
  return { context, timers, stop, press, stalled: () => stalled }
}

describe('keepRunning', () => {
  test.each(['pointerup', 'touchend', 'click', 'keydown'])(
    'a refused attempt uses nothing up: %s wakes it',
    async (name) => {
      const { context, press, timers, stalled } = set()
      press('pointerdown')
      press('pointerup')
      expect(context.state).toBe('suspended')
      context.allowed = true
      press('pointerdown')
      expect(context.state).toBe('suspended')
      press(name)
      expect(context.state).toBe('running')
      await timers.advance(10 * STALL_MS)
      expect(stalled()).toBe(0)
    },
  )

  test.each(['interrupted', 'suspended'] as const)(
    'one that is %s is woken again',
    async (state) => {
      const { context, press, timers, stalled } = set({ state: 'running' })
      context.allowed = true
      context.become(state)
      expect(context.state).toBe('running')
      context.allowed = false
      context.become(state)
      await timers.advance(STALL_MS - 1)
      context.allowed = true
      press('click')
      expect(context.state).toBe('running')
      await timers.advance(10 * STALL_MS)
      expect(stalled()).toBe(0)
    },
  )

  test('says once that it stands still, and goes on waking it, should nothing take its place', async () => {
    const { context, press, timers, stalled } = set({ state: 'running' })
    context.become('interrupted')
    await timers.advance(STALL_MS - 1)
    expect(stalled()).toBe(0)
    await timers.advance(1)
    expect(stalled()).toBe(1)
    context.become('suspended')
    await timers.advance(10 * STALL_MS)
    expect(stalled()).toBe(1)
    context.allowed = true
    press('click')
    expect(context.state).toBe('running')
  })

  test('more presses that wake nothing do not put it off', async () => {
    const { press, timers, stalled } = set()
    for (let times = 0; times < 4; times += 1) {
      await timers.advance(STALL_MS / 4)
      press('click')
    }
    expect(stalled()).toBe(1)
  })

  test('waits in a page that nobody has pressed yet, and no longer than that', async () => {
    const { press, timers, stalled } = set({ pressed: false })
    await timers.advance(10 * STALL_MS)
    expect(stalled()).toBe(0)
    press('keydown')
    await timers.advance(STALL_MS)
    expect(stalled()).toBe(1)
  })

  test('ends with the context, and when it is told to', async () => {
    const closed = set({ state: 'running' })
    closed.context.become('closed')
    closed.press('click')
    expect(closed.context.resumed).toBe(0)
    const stopped = set()
    stopped.stop()
    await stopped.timers.advance(10 * STALL_MS)
    expect(stopped.stalled()).toBe(0)
    expect(stopped.timers.waiting).toBe(0)
  })
})
