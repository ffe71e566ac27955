import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ClassClock, drawPhase, leadTime, nextInterval } from './timing.ts'

const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('drawPhase', () => {
  it('lies between 10 and 60 % of an interval', () => {
    fc.assert(
      fc.property(unit, (random) => {
        const phase = drawPhase(() => random)
        expect(phase).toBeGreaterThanOrEqual(0.1)
        expect(phase).toBeLessThanOrEqual(0.6)
      }),
    )
  })
})

describe('nextInterval', () => {
  it('is the first whose moment is still to come', () => {
    fc.assert(
      fc.property(
        fc.nat(10_000_000),
        fc.integer({ min: 5, max: 600 }),
        unit,
        (elapsed, s, random) => {
          const interval = s * 1000
          const phase = drawPhase(() => random)
          const next = nextInterval(elapsed, interval, phase)
          expect((next + phase) * interval).toBeGreaterThan(elapsed - 1e-6)
          if (next > 0) expect((next - 1 + phase) * interval).toBeLessThanOrEqual(elapsed + 1e-6)
        },
      ),
    )
  })
})

describe('leadTime', () => {
  it('asks for a reading after the record before has left, and at most ten seconds ahead', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5_000, max: 600_000 }), (interval) => {
        expect(leadTime(interval)).toBeLessThan(interval)
        expect(leadTime(interval)).toBeLessThanOrEqual(10_000)
      }),
    )
  })
})

describe('ClassClock', () => {
  it('numbers intervals by the class’s clock, whatever this device’s clock says', () => {
    let device = 5_000_000
    const clock = new ClassClock(1_000_000, 10, () => device)
    clock.sync(1_000_000 + 25_000 - device)
    expect(clock.current()).toBe(2)
    device += 5_000
    expect(clock.current()).toBe(3)
    expect(clock.endOf(3)).toBe(1_040_000)
    expect(clock.until(40_000)).toBe(10_000)
    expect(clock.toDevice(40_000)).toBe(device + 10_000)
    clock.sync(900_000 - device)
    expect(clock.elapsed()).toBe(0)
  })
})
