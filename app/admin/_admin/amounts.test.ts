import { describe, expect, it } from 'vitest'
import { bytesText, durationText, loadBetween } from './amounts.ts'

describe('amounts', () => {
  it('are bytes in a fitting unit', () => {
    expect([0, 999, 1000, 12_345_678, 4_200_000_000].map(bytesText)).toEqual([
      '0 B',
      '999 B',
      '1.0 kB',
      '12 MB',
      '4.2 GB',
    ])
  })

  it('are spans in two units', () => {
    expect([0, 59, 60, 3725, 90_061].map(durationText)).toEqual([
      '0 s',
      '59 s',
      '1 min',
      '1 h 2 min',
      '1 d 1 h',
    ])
  })

  it('are loads, and nothing where a process began anew', () => {
    expect(loadBetween(1500, 1000, 5)).toBeCloseTo(0.1)
    expect(loadBetween(1500, undefined, 5)).toBeNull()
    expect(loadBetween(10, 1000, 5)).toBeNull()
    expect(loadBetween(1500, 1000, 0)).toBeNull()
  })
})
