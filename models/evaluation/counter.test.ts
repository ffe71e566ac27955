import { describe, expect, it } from 'vitest'
import { createCounter } from './counter.ts'

/** Counts 1000 pictures of `milliseconds` each; answers what was shown, and when. */
function shownOf(milliseconds: number, isTTY: boolean): { at: number; text: string }[] {
  let time = 0
  const shown: { at: number; text: string }[] = []
  const stream = { isTTY, write: (text: string) => shown.push({ at: time, text }) }
  const count = createCounter(1000, { stream, now: () => time })
  for (let done = 1; done <= 1000; done++) {
    time += milliseconds
    count(done)
  }
  return shown
}

describe('createCounter', () => {
  it.each([1, 7, 1_500])('shows about every two seconds where %d ms pass a picture', (ms) => {
    const shown = shownOf(ms, false)
    const pauses = shown.slice(0, -1).map(({ at }, index) => at - (shown[index - 1]?.at ?? 0))
    for (const pause of pauses) {
      expect(pause).toBeGreaterThanOrEqual(2_000)
      expect(pause).toBeLessThanOrEqual(3_000)
    }
    expect(shown.at(-1)?.text).toBe(`[${'#'.repeat(30)}] 1000/1000 pictures\n`)
    expect(shown.every(({ text }) => text.endsWith('\n'))).toBe(true)
  })

  it('redraws one line on a terminal, and ends it', () => {
    const shown = shownOf(10, true)
    expect(shown.every(({ text }) => text.startsWith('\r'))).toBe(true)
    expect(shown.filter(({ text }) => text.endsWith('\n'))).toHaveLength(1)
  })
})
