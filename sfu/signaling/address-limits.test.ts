import { expect, test } from 'vitest'
import { ManualClock } from '../testing/manual-clock.ts'
import { AddressLimits } from './address-limits.ts'

function openMany(limits: AddressLimits, address: string, attempts: number): number {
  return Array.from({ length: attempts }, () => limits.opened(address)).filter(Boolean).length
}

test('one address is slowed after a burst that a school would not reach; others are not', () => {
  const clock = new ManualClock()
  const limits = new AddressLimits(clock)
  expect(openMany(limits, '192.0.2.1', 1_000)).toBe(400)
  expect(limits.opened('192.0.2.2')).toBe(true)
  clock.advance(1_000)
  expect(openMany(limits, '192.0.2.1', 1_000)).toBe(20)
})

test('all together may have so many open, and a closed one makes room', () => {
  const limits = new AddressLimits(new ManualClock())
  for (let school = 0; school < 100; school += 1) openMany(limits, `2001:db8::${school}`, 50)
  expect(limits.opened('192.0.2.1')).toBe(false)
  limits.closed()
  expect(limits.opened('192.0.2.1')).toBe(true)
})
