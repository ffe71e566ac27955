import { expect, test } from 'vitest'
import { ExpiringMap } from './expiring-map.ts'
import { ManualClock } from './testing/manual-clock.ts'

test('an entry is there until its time, and then takes no room', () => {
  const clock = new ManualClock()
  const map = new ExpiringMap<string, number>(clock)
  map.set('a', 1, clock.now() + 5_000)
  clock.advance(4_999)
  expect(map.get('a')).toBe(1)
  expect(map.values()).toEqual([1])
  clock.advance(1)
  expect(map.get('a')).toBeUndefined()
  expect(map.values()).toEqual([])
  map.set('b', 2, clock.now() + 5_000)
  expect(map.size).toBe(1)
})
