import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitGrid, GRID_GAP, pageCapacity, pageRange } from './grid.ts'

const space = fc.record({
  width: fc.integer({ min: 200, max: 4000 }),
  height: fc.integer({ min: 200, max: 3000 }),
})

describe('fitGrid', () => {
  test('every tile has a place, and the tiles fit into the space', () => {
    fc.assert(
      fc.property(space, fc.integer({ min: 1, max: 25 }), (room, count) => {
        const grid = fitGrid(room, count)
        expect(grid.columns * grid.rows).toBeGreaterThanOrEqual(count)
        expect((grid.columns - 1) * grid.rows).toBeLessThan(count + grid.rows)
        const width = grid.columns * grid.tileWidth + (grid.columns - 1) * GRID_GAP
        const height = grid.rows * grid.tileHeight + (grid.rows - 1) * GRID_GAP
        expect(width).toBeLessThanOrEqual(room.width + 1e-6)
        expect(height).toBeLessThanOrEqual(room.height + 1e-6)
      }),
    )
  })

  test('puts two people side by side on a wide screen and above one another on a phone', () => {
    expect(fitGrid({ width: 1600, height: 800 }, 2).columns).toBe(2)
    expect(fitGrid({ width: 390, height: 700 }, 2).columns).toBe(1)
  })
})

describe('pageCapacity', () => {
  test('a page that holds more than one tile keeps its tiles legible', () => {
    fc.assert(
      fc.property(space, (room) => {
        const capacity = pageCapacity(room)
        expect(capacity).toBeGreaterThanOrEqual(1)
        expect(capacity).toBeLessThanOrEqual(25)
        if (capacity > 1) expect(fitGrid(room, capacity).tileWidth).toBeGreaterThanOrEqual(150)
      }),
    )
  })

  test('a wide screen shows 25 people', () => {
    expect(pageCapacity({ width: 1600, height: 900 })).toBe(25)
  })
})

describe('pageRange', () => {
  test('the pages together show everyone once', () => {
    fc.assert(
      fc.property(fc.nat({ max: 200 }), fc.integer({ min: 1, max: 25 }), (total, capacity) => {
        const { pages } = pageRange(total, capacity, 0)
        const shown = Array.from({ length: pages }, (_, page) => pageRange(total, capacity, page))
        expect(shown.reduce((sum, { start, end }) => sum + end - start, 0)).toBe(total)
        expect(shown.at(-1)?.end).toBe(total)
      }),
    )
  })

  test('a page past the end is the last one', () => {
    expect(pageRange(10, 4, 7)).toEqual({ page: 2, pages: 3, start: 8, end: 10 })
  })
})
