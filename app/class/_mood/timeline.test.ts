import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withTotals } from '../../_call/readings/timeline.ts'
import type { ClassTotals } from '../../_vault/verbs.ts'
import { NEGATIVE_EMOTIONS } from '../../_wire/emotions.ts'
import { IN_A_ROW, mostlyNegative, needsChange } from './hint.ts'
import { MOOD_PARTS, type MoodCounts, NO_COUNTS } from './slices.ts'
import { bandsOf, emotionSteps, gapsOf, spanOf } from './timeline-shape.ts'

const counts: fc.Arbitrary<MoodCounts> = fc
  .array(fc.nat({ max: 9 }), { minLength: MOOD_PARTS.length, maxLength: MOOD_PARTS.length })
  .map((numbers) => ({
    ...NO_COUNTS,
    ...Object.fromEntries(MOOD_PARTS.map((part, index) => [part, numbers[index] ?? 0])),
  }))

function totalsOf(interval: number, shown: MoodCounts | null): ClassTotals {
  const total = shown === null ? 1 : Object.values(shown).reduce((sum, count) => sum + count, 0)
  const head = { classId: 'c', interval, at: interval * 1_000, total, engagement: null }
  return { ...head, tooFew: shown === null, counts: shown }
}

const totals = fc
  .tuple(fc.nat({ max: 200 }), fc.option(counts))
  .map(([interval, shown]) => totalsOf(interval, shown))

/** Consecutive intervals, some with too few to show. */
const course = fc
  .array(fc.option(counts), { maxLength: 30 })
  .map((all) => all.map((shown, interval) => totalsOf(interval, shown)))

describe('withTotals', () => {
  test('holds one total an interval, in order, and the first shown stays', () => {
    fc.assert(
      fc.property(fc.array(fc.array(totals, { maxLength: 8 }), { maxLength: 8 }), (arrivals) => {
        let timeline: readonly ClassTotals[] = []
        const first = new Map<number, ClassTotals>()
        for (const more of arrivals) {
          timeline = withTotals(timeline, more)
          for (const one of more) if (!first.has(one.interval)) first.set(one.interval, one)
        }
        const intervals = timeline.map(({ interval }) => interval)
        expect(intervals).toEqual([...first.keys()].sort((one, other) => one - other))
        for (const one of timeline) expect(one).toBe(first.get(one.interval))
        expect(withTotals(timeline, timeline)).toBe(timeline)
      }),
    )
  })
})

describe('needsChange', () => {
  test('holds exactly when the last three shown intervals were mostly negative', () => {
    fc.assert(
      fc.property(course, (timeline) => {
        const shown: MoodCounts[] = []
        for (const one of timeline) if (one.counts !== null) shown.push(one.counts)
        const negatives = shown.map((all) => {
          const bad = all.sad + all.fear + all.disgust + all.anger + all.contempt
          return bad > (bad + all.neutral + all.happy + all.surprise) / 2
        })
        const [a, b, c] = negatives.slice(-IN_A_ROW)
        expect(needsChange(timeline)).toBe(a === true && b === true && c === true)
      }),
    )
  })

  test('intervals with too few to show neither help nor break a row', () => {
    fc.assert(
      fc.property(course, fc.nat({ max: 30 }), (timeline, where) => {
        const at = Math.min(where, timeline.length)
        const longer = [...timeline.slice(0, at), totalsOf(999, null), ...timeline.slice(at)]
        expect(needsChange(longer)).toBe(needsChange(timeline))
      }),
    )
  })

  test('what is unclear is no clear reading, and half is not more than half', () => {
    expect(mostlyNegative({ ...NO_COUNTS, sad: 1, happy: 1 })).toBe(false)
    expect(mostlyNegative({ ...NO_COUNTS, sad: 2, happy: 1, unclear: 50 })).toBe(true)
    expect(mostlyNegative({ ...NO_COUNTS, unclear: 3 })).toBe(false)
    for (const emotion of NEGATIVE_EMOTIONS) {
      expect(mostlyNegative({ ...NO_COUNTS, [emotion]: 1 })).toBe(true)
    }
    const sad = { ...NO_COUNTS, sad: 2 }
    expect(needsChange([totalsOf(0, sad), totalsOf(1, sad)])).toBe(false)
    expect(needsChange([0, 1, 2].map((interval) => totalsOf(interval, sad)))).toBe(true)
  })
})

describe('the shape of the timeline', () => {
  test('shares of each shown interval sum to one, and the others have none', () => {
    fc.assert(
      fc.property(course, (timeline) => {
        emotionSteps(timeline).forEach(({ shares }, index) => {
          const all = timeline[index]?.counts
          const total = all ? Object.values(all).reduce((sum, count) => sum + count, 0) : 0
          if (total === 0) expect(shares).toBeNull()
          else {
            const sum = Object.values(shares ?? {}).reduce((one, other) => one + other, 0)
            expect(sum).toBeCloseTo(1, 9)
          }
        })
      }),
    )
  })

  test('nothing is drawn over a gap', () => {
    const happy = { ...NO_COUNTS, happy: 3 }
    const timeline = [totalsOf(0, happy), totalsOf(1, null), totalsOf(2, happy), totalsOf(5, happy)]
    const steps = emotionSteps(timeline)
    expect(spanOf(steps, 12)).toEqual([0, 12])
    expect(gapsOf(steps)).toEqual([{ from: 1, to: 2 }])
    const bands = bandsOf(steps, MOOD_PARTS, { width: 120, height: 10, span: [0, 12] })
    const d = bands.find(({ part }) => part === 'happy')?.d ?? ''
    // Three pieces, of one interval's width each: 0 to 10, 20 to 30 and 50 to 60.
    expect(d.match(/M/g)).toHaveLength(3)
    const across = [...d.matchAll(/[ML](-?[\d.]+),/g)].map(([, x]) => Number(x))
    expect([...new Set(across)].sort((one, other) => one - other)).toEqual([0, 10, 20, 30, 50, 60])
  })

  test('a timeline of one gap after another is one gap', () => {
    const steps = emotionSteps([0, 1, 2, 4].map((interval) => totalsOf(interval, null)))
    expect(gapsOf(steps)).toEqual([
      { from: 0, to: 3 },
      { from: 4, to: 5 },
    ])
  })
})
