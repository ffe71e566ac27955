import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ClassClock } from './class-clock.ts'

const AHEAD = 50_000
const MINUTE = 60_000

function setUp() {
  let device = 1_000_000
  const clock = new ClassClock({ now: () => device })
  return {
    clock,
    device: () => device,
    pass: (ms: number): void => {
      device += ms
    },
    /** An announcement that was sent so long ago. */
    hear: (late = 0): void => {
      clock.hear(device + AHEAD - late)
    },
  }
}

test('goes by what the media server says, whatever this device’s clock says', () => {
  const { device, pass, clock, hear } = setUp()
  hear()
  const startedAt = device() + AHEAD - 25_000
  expect(clock.interval(startedAt, 10)).toBe(2)
  pass(5_000)
  expect(clock.interval(startedAt, 10)).toBe(3)
  expect(clock.interval(startedAt + MINUTE, 10)).toBe(0)
})

test('is not set back by announcements that a cut held up, and forward by the first that came quicker', () => {
  const { pass, clock, hear } = setUp()
  hear(800)
  expect(clock.offset).toBe(AHEAD - 800)
  hear()
  pass(3 * MINUTE)
  for (const late of [2.5 * MINUTE, 1.5 * MINUTE, 0.5 * MINUTE]) hear(late)
  expect(clock.offset).toBe(AHEAD)
})

test('follows a device whose clock was set, by two announcements that agree', () => {
  const { device, pass, clock } = setUp()
  clock.hear(device() + AHEAD)
  pass(MINUTE)
  clock.hear(device() - 3_600_000)
  expect(clock.offset).toBe(AHEAD)
  pass(MINUTE)
  clock.hear(device() - 3_600_000 - 20)
  expect(clock.offset).toBe(-3_600_020)
})

test('is set right at once by an answer, forward or back, and keeps what the answer bears out', () => {
  // How wrong the clock is, how long the question took to arrive and the answer to come back.
  const cases = fc.tuple(fc.integer({ min: -MINUTE, max: MINUTE }), fc.nat(2_000), fc.nat(2_000))
  fc.assert(
    fc.property(cases, ([wrong, there, back]) => {
      const { clock, device, pass } = setUp()
      clock.hear(device() + AHEAD + wrong)
      const askedAt = device()
      pass(there)
      const answer = device() + AHEAD
      pass(back)
      clock.measured(answer, askedAt)
      const borneOut = wrong >= -back && wrong <= there
      expect(clock.offset).toBe(AHEAD + (borneOut ? wrong : -back))
    }),
  )
})

test('is off by no more than the quickest announcement was late, however late the others', () => {
  // No two alike: those would be a clock that was set.
  const delays = fc.uniqueArray(fc.nat(90), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(delays, (halfSeconds) => {
      const { pass, clock, hear } = setUp()
      for (const delay of halfSeconds) {
        hear(delay * 500)
        pass(MINUTE)
      }
      expect(clock.offset).toBe(AHEAD - Math.min(...halfSeconds) * 500)
    }),
  )
})
