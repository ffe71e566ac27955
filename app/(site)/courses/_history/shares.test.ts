import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import type { ClassHistory } from '../../../_vault/history/verbs.ts'
import { totalsAsCsv, totalsAsJson } from './export-totals.ts'
import { barsByClass, barsByMinute, lowStretches, minutesABar } from './shares.ts'

const NONE = {
  neutral: 0,
  happy: 0,
  sad: 0,
  surprise: 0,
  fear: 0,
  disgust: 0,
  anger: 0,
  contempt: 0,
  unclear: 0,
}
const CALM = { engaged: 0, partiallyEngaged: 0, notEngaged: 0, distracted: 0, unclear: 0 }

type Figures = { happy: number; sad: number } | null

function cls(figures: readonly Figures[], changes: Partial<ClassHistory> = {}): ClassHistory {
  return {
    classId: 'a',
    startedAt: 0,
    endedAt: 600_000,
    intervalSeconds: 120,
    minimumGroup: 2,
    expiredAt: null,
    problems: [],
    intervals: figures.map((one, interval) => ({
      classId: 'a',
      interval,
      at: (interval + 1) * 120_000,
      total: 4,
      tooFew: one === null,
      counts: one && { ...NONE, ...one, unclear: 4 - one.happy - one.sad },
      engagement: one && { ...CALM, engaged: one.happy, unclear: 4 - one.happy },
    })),
    ...changes,
  }
}

const LOW = { happy: 1, sad: 2 }
const HALF = { happy: 2, sad: 2 }
const figures = fc.array(
  fc.option(fc.record({ happy: fc.nat({ max: 2 }), sad: fc.nat({ max: 2 }) })),
  { maxLength: 200 },
)

describe('bars', () => {
  it('add up what was shown, by class and by minute alike, and nothing else', () => {
    fc.assert(
      fc.property(figures, fc.constantFrom(5, 30, 120, 600), (all, intervalSeconds) => {
        const one = cls(all, { intervalSeconds })
        const readings = all.reduce((sum, part) => sum + (part ? part.happy + part.sad : 0), 0)
        const [whole] = barsByClass([one], 'mood')
        expect(whole?.sum ?? 0).toBe(readings)
        const minutes = barsByMinute(one, 'mood')
        expect(minutes.reduce((sum, bar) => sum + bar.sum, 0)).toBe(readings)
        expect(minutes.reduce((sum, bar) => sum + bar.tooFew, 0)).toBe(
          all.filter((part) => part === null).length,
        )
        expect(minutesABar(one)).toBeGreaterThanOrEqual(intervalSeconds / 60)
        expect(minutes.length).toBeLessThanOrEqual(61)
      }),
    )
  })
})

describe('low stretches', () => {
  it('need three shown intervals in a row with more than half negative', () => {
    expect(lowStretches(cls([LOW, LOW, HALF, LOW, LOW]))).toEqual([])
    expect(lowStretches(cls([HALF, LOW, LOW, LOW, HALF]))).toEqual([{ from: 2, to: 8 }])
  })

  it('are neither broken nor made by intervals that were not shown', () => {
    expect(lowStretches(cls([LOW, null, LOW]))).toEqual([])
    expect(lowStretches(cls([LOW, null, LOW, LOW]))).toEqual([{ from: 0, to: 8 }])
  })
})

describe('files', () => {
  it('hold each interval as shown, and no figure of one that was not', () => {
    const classes = [cls([LOW, null])]
    const rows = Papa.parse<Record<string, string>>(totalsAsCsv(classes), { header: true }).data
    expect(rows).toMatchObject([
      { interval: '0', students: '4', tooFewToShow: 'false', happy: '1', sad: '2', unclear: '1' },
      { interval: '1', students: '4', tooFewToShow: 'true', happy: '', sad: '', unclear: '' },
    ])
    const json = JSON.parse(totalsAsJson('Mechanics', classes)) as {
      classes: { intervals: { mood: unknown }[] }[]
    }
    expect(json.classes[0]?.intervals[1]?.mood).toBeNull()
  })
})
