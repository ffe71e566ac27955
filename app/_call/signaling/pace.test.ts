import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MESSAGE_BURST, MESSAGES_PER_SECOND } from '../../../sfu/protocol/index.ts'
import { ManualClock } from '../../../sfu/testing/manual-clock.ts'
import { TokenBucket } from '../../../sfu/token-bucket.ts'
import { createManualTimers } from '../testing/manual-timers.ts'
import { Pace } from './pace.ts'

/** A browser's pace before the very limit that the media server keeps. */
function browser() {
  const timers = createManualTimers()
  const clock = new ManualClock()
  const limit = new TokenBucket(clock, { burst: MESSAGE_BURST, perSecond: MESSAGES_PER_SECOND })
  const pace = new Pace(timers)
  const sent: number[] = []
  let refused = 0
  let last = timers.now()
  const arrives = (message: number): void => {
    clock.advance(timers.now() - last)
    last = timers.now()
    if (!limit.take()) refused += 1
    sent.push(message)
  }
  const send = (message: number, urgent = false): void => {
    const turn = pace.turn(urgent)
    if (turn === null) arrives(message)
    else {
      void turn.then(() => {
        arrives(message)
      })
    }
  }
  return { timers, send, sent, refused: () => refused }
}

test('a few messages go at once', () => {
  const { send, sent } = browser()
  for (let message = 0; message < 200; message += 1) send(message)
  expect(sent).toHaveLength(200)
})

test('what cannot wait goes first, in its own order, and within the same limit', async () => {
  const { timers, send, sent, refused } = browser()
  for (let message = 0; message < 1_000; message += 1) send(message)
  const before = sent.length
  send(2_000, true)
  send(2_001, true)
  await timers.advance(100)
  expect(sent.slice(before, before + 3)).toEqual([2_000, 2_001, before])
  await timers.advance(60_000)
  expect(sent).toHaveLength(1_002)
  expect(refused()).toBe(0)
})

test('whatever is asked for at once, all of it goes, in order, and nothing is refused', async () => {
  const bursts = fc.array(
    fc.record({ count: fc.nat({ max: 1_500 }), pause: fc.nat({ max: 20_000 }) }),
    { maxLength: 5 },
  )
  await fc.assert(
    fc.asyncProperty(bursts, async (all) => {
      const { timers, send, sent, refused } = browser()
      let asked = 0
      for (const { count, pause } of all) {
        for (let index = 0; index < count; index += 1) send(asked++)
        await timers.advance(pause)
      }
      await timers.advance((asked / MESSAGES_PER_SECOND) * 2_000)
      expect(sent).toEqual(Array.from({ length: asked }, (_, index) => index))
      expect(refused()).toBe(0)
      expect(timers.waiting).toBe(0)
    }),
    { numRuns: 15 },
  )
})
