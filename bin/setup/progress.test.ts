import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createProgress } from './progress.ts'

describe('createProgress', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })

  afterEach(() => {
    vi.useRealTimers()
  })

  it('says in a log what takes longer than two seconds, now and then, and what was done', () => {
    const lines: string[] = []
    const step = createProgress({ write: (text) => lines.push(text) }).step('Building')
    vi.advanceTimersByTime(1_900)
    expect(lines).toEqual([])
    vi.advanceTimersByTime(100)
    step.update('40 %')
    vi.advanceTimersByTime(5_000)
    step.done()
    vi.advanceTimersByTime(60_000)
    expect(lines).toEqual([
      '  Building (2 s)\n',
      '  Building: 40 % (7 s)\n',
      '  Building: done (7 s)\n',
    ])
  })
})
