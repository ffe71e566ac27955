import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  RECORD_BURST,
  RECORD_BYTES,
  RECORD_EXCESS_LIMIT,
  RECORD_OFFENCE_LIMIT,
  RECORDS_PER_SECOND,
} from '../protocol/index.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { RecordBudget } from './record-budget.ts'

test('only one size is relayed', () => {
  fc.assert(
    fc.property(fc.nat(100_000), (size) => {
      const verdict = new RecordBudget(new ManualClock()).judge(size)
      expect(verdict).toBe(size === RECORD_BYTES ? 'relay' : 'record-size')
    }),
  )
})

test('a device that paces itself never loses a record, however many it resends', () => {
  const clock = new ManualClock()
  const budget = new RecordBudget(clock)
  for (let count = 0; count < RECORD_BURST; count += 1) {
    expect(budget.judge(RECORD_BYTES)).toBe('relay')
  }
  for (let count = 0; count < 2_000; count += 1) {
    clock.advance(1_000 / RECORDS_PER_SECOND)
    expect(budget.judge(RECORD_BYTES)).toBe('relay')
  }
})

test('a flood is dropped, then an offence; after some of those no channel is left', () => {
  const budget = new RecordBudget(new ManualClock())
  const verdicts = Array.from({ length: RECORD_BURST + RECORD_EXCESS_LIMIT + 1 }, () =>
    budget.judge(RECORD_BYTES),
  )
  expect(verdicts.filter((verdict) => verdict === 'relay')).toHaveLength(RECORD_BURST)
  expect(verdicts.filter((verdict) => verdict === 'drop')).toHaveLength(RECORD_EXCESS_LIMIT)
  expect(verdicts.at(-1)).toBe('record-rate')
  expect(budget.barred).toBe(false)
  for (let count = 1; count < RECORD_OFFENCE_LIMIT; count += 1) budget.judge(1)
  expect(budget.barred).toBe(true)
})
