import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeFaces, tilesOf } from './tiles.ts'

describe('tilesOf', () => {
  it('leaves a small picture alone', () => {
    expect(tilesOf(600, 400)).toEqual([])
  })

  it('stays inside the picture, and has every small enough face whole in some part', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 640, max: 6000 }),
        fc.integer({ min: 640, max: 6000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (width, height, atX, atY) => {
          const tiles = tilesOf(width, height)
          for (const tile of tiles) {
            expect(tile.x).toBeGreaterThanOrEqual(0)
            expect(tile.x + tile.width).toBeLessThanOrEqual(width)
            expect(tile.y + tile.height).toBeLessThanOrEqual(height)
          }
          const side = Math.min(width, height) / 20
          const [x, y] = [atX * (width - side), atY * (height - side)]
          const whole = tiles.some(
            (tile) =>
              x >= tile.x &&
              y >= tile.y &&
              x + side <= tile.x + tile.width &&
              y + side <= tile.y + tile.height,
          )
          expect(whole).toBe(true)
        },
      ),
    )
  })
})

describe('mergeFaces', () => {
  const picture = { width: 1000, height: 1000 }
  const tile = { x: 0, y: 0, width: 600, height: 600 }
  const face = (x: number, y: number, side = 100) => ({ box: { x, y, width: side, height: side } })

  it('adds a new face, not one that is known', () => {
    const known = [face(100, 100)]
    expect(mergeFaces(known, [face(105, 98), face(400, 100)], tile, picture)).toHaveLength(2)
  })

  it('leaves out a face that the edge of the part cuts, not one at the picture’s own edge', () => {
    expect(mergeFaces([], [face(500, 100)], tile, picture)).toHaveLength(0)
    expect(mergeFaces([], [face(0, 100)], tile, picture)).toHaveLength(1)
  })
})
