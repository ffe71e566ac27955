import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clampPlace, EDGE, firstPlace, freeArea, mostHeight, moveByKey } from './place.ts'
import { between, clearOf, MOOD_PARTS, type MoodCounts, NO_COUNTS, slicesOf } from './slices.ts'

const counts: fc.Arbitrary<MoodCounts> = fc
  .array(fc.nat({ max: 40 }), { minLength: MOOD_PARTS.length, maxLength: MOOD_PARTS.length })
  .map((numbers) => ({
    ...NO_COUNTS,
    ...Object.fromEntries(MOOD_PARTS.map((part, index) => [part, numbers[index] ?? 0])),
  }))

const size = fc.record({
  width: fc.integer({ min: 1, max: 900 }),
  height: fc.integer({ min: 1, max: 900 }),
})
const viewport = fc.record({
  width: fc.integer({ min: 320, max: 4000 }),
  height: fc.integer({ min: 320, max: 3000 }),
})
const place = fc.record({
  x: fc.integer({ min: -5000, max: 5000 }),
  y: fc.integer({ min: -5000, max: 5000 }),
})

describe('slicesOf', () => {
  test('the slices sum to everyone, in one order, none of them empty', () => {
    fc.assert(
      fc.property(counts, (all) => {
        const slices = slicesOf(all)
        const total = MOOD_PARTS.reduce((sum, part) => sum + all[part], 0)
        expect(slices.reduce((sum, { count }) => sum + count, 0)).toBe(total)
        expect(slices.every(({ count }) => count > 0)).toBe(true)
        const order = slices.map(({ part }) => MOOD_PARTS.indexOf(part))
        expect(order).toEqual([...order].sort((one, other) => one - other))
        expect(clearOf(all)).toBe(total - all.unclear)
      }),
    )
  })
})

describe('between', () => {
  test('shares sum to one on the whole way, and the way ends at the new shares', () => {
    const some = counts.filter((all) => slicesOf(all).length > 0)
    fc.assert(
      fc.property(some, some, fc.double({ min: 0, max: 1, noNaN: true }), (from, to, progress) => {
        const mixed = between(from, to, progress)
        expect(MOOD_PARTS.reduce((sum, part) => sum + mixed[part], 0)).toBeCloseTo(1, 9)
        const total = MOOD_PARTS.reduce((sum, part) => sum + to[part], 0)
        const end = between(from, to, 1)
        for (const part of MOOD_PARTS) expect(end[part]).toBeCloseTo(to[part] / total, 9)
      }),
    )
  })
})

describe('clampPlace', () => {
  test('all of the chart is in sight wherever there is room for it', () => {
    fc.assert(
      fc.property(place, size, viewport, (wanted, chart, window) => {
        const { x, y } = clampPlace(wanted, chart, window)
        expect(x).toBeGreaterThanOrEqual(EDGE)
        expect(y).toBeGreaterThanOrEqual(EDGE)
        const fits =
          chart.width + 2 * EDGE <= window.width && chart.height + 2 * EDGE <= window.height
        if (!fits) return
        expect(x + chart.width).toBeLessThanOrEqual(window.width - EDGE)
        expect(y + chart.height).toBeLessThanOrEqual(window.height - EDGE)
      }),
    )
  })

  test('a place in sight stays, and the first place is in sight', () => {
    fc.assert(
      fc.property(place, size, viewport, (wanted, chart, window) => {
        const once = clampPlace(wanted, chart, window)
        expect(clampPlace(once, chart, window)).toEqual(once)
        const first = firstPlace(chart, window)
        expect(clampPlace(first, chart, window)).toEqual(first)
      }),
    )
  })
})

describe('freeArea', () => {
  const phone = { width: 390, height: 844 }

  test('the first place is above the toolbar, also where that has two rows', () => {
    const chart = { width: 224, height: 320 }
    for (const toolbar of [72, 136]) {
      const people = { right: phone.width - 12, bottom: phone.height - toolbar }
      const { y } = firstPlace(chart, freeArea(phone, people))
      expect(y + chart.height).toBe(people.bottom - 16)
    }
  })

  test('nowhere does the chart stand over the toolbar or over a panel', () => {
    fc.assert(
      fc.property(
        place,
        size,
        viewport,
        fc.integer({ min: 0, max: 320 }),
        fc.integer({ min: 48, max: 200 }),
        (wanted, { width, height }, window, panel, toolbar) => {
          const people = { right: window.width - panel, bottom: window.height - toolbar }
          const area = freeArea(window, people)
          // As the page draws it: no higher than there is room for.
          const chart = { width, height: Math.min(height, mostHeight(area)) }
          const { x, y } = clampPlace(wanted, chart, area)
          expect(y).toBeGreaterThanOrEqual(EDGE)
          expect(y + chart.height).toBeLessThanOrEqual(people.bottom)
          if (width + 2 * EDGE > people.right) return
          expect(x + width).toBeLessThanOrEqual(people.right)
        },
      ),
    )
  })
})

describe('moveByKey', () => {
  test('arrow keys move, further with Shift, and there and back again', () => {
    expect(moveByKey({ x: 100, y: 100 }, 'ArrowRight', false)).toEqual({ x: 116, y: 100 })
    expect(moveByKey({ x: 100, y: 100 }, 'ArrowUp', true)).toEqual({ x: 100, y: 36 })
    expect(moveByKey({ x: 100, y: 100 }, 'Enter', false)).toBeNull()
    const there = moveByKey({ x: 100, y: 100 }, 'ArrowDown', false)
    expect(there && moveByKey(there, 'ArrowUp', false)).toEqual({ x: 100, y: 100 })
  })
})
