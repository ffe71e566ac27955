import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ManualClock } from './testing/manual-clock.ts'
import { TokenBucket } from './token-bucket.ts'

test('a burst, then the even rate', () => {
  const clock = new ManualClock()
  const bucket = new TokenBucket(clock, { burst: 3, perSecond: 2 })
  expect([bucket.take(), bucket.take(), bucket.take(), bucket.take()]).toEqual([
    true,
    true,
    true,
    false,
  ])
  clock.advance(499)
  expect(bucket.take()).toBe(false)
  clock.advance(1)
  expect(bucket.take()).toBe(true)
  expect(bucket.isFull()).toBe(false)
  clock.advance(60_000)
  expect(bucket.isFull()).toBe(true)
  expect(bucket.take(4)).toBe(false)
})

test('a clock that is set back neither takes tokens away nor gives any', () => {
  const clock = new ManualClock()
  const bucket = new TokenBucket(clock, { burst: 2, perSecond: 1 })
  bucket.take()
  clock.jump(-3_600_000)
  expect(bucket.take()).toBe(true)
  expect(bucket.take()).toBe(false)
  clock.advance(1_000)
  expect(bucket.take()).toBe(true)
})

test('over any stretch no more than burst and rate allow', () => {
  const steps = fc.array(fc.tuple(fc.nat(5_000), fc.integer({ min: 1, max: 5 })), {
    maxLength: 200,
  })
  fc.assert(
    fc.property(steps, (waits) => {
      const clock = new ManualClock()
      const start = clock.now()
      const bucket = new TokenBucket(clock, { burst: 10, perSecond: 3 })
      let taken = 0
      for (const [wait, count] of waits) {
        clock.advance(wait)
        if (bucket.take(count)) taken += count
        expect(taken).toBeLessThanOrEqual(10 + ((clock.now() - start) / 1_000) * 3 + 1e-6)
      }
    }),
  )
})
