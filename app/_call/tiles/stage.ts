/**
 * Where every tile stands: side by side in a grid, or one large with the others in a strip beside it.
 * Every tile has a place of its own in one plane, so that it moves instead of being made anew. Pure
 * arithmetic in CSS pixels; it must never read the page.
 */
import { fitGrid, GRID_GAP, pageCapacity, type Space } from './grid.ts'

export type Rect = { x: number; y: number; width: number; height: number }

/** From this width on the strip stands to the right, below it underneath. */
const WIDE = 760

/** Tiles of a strip to the right, and underneath. */
const COLUMN_TILE = { width: 192, height: 108 }
const ROW_TILE = { width: 116, height: 87 }

/** What the paging of a strip needs at its end. */
const PAGER = 44

export type StageShape = {
  /** Tiles that one page shows beside the focus, or in the grid. */
  capacity: number
  /** The place of what is in front; null in the grid. */
  focus: Rect | null
  /** Where the strip's paging stands; null in the grid. */
  pager: Rect | null
  /** The places of `count` tiles of a page. */
  places: (count: number) => readonly Rect[]
}

/** The grid: all of the same size, the last row in the middle. */
export function gridShape(space: Space, total: number): StageShape {
  const capacity = pageCapacity(space)
  return {
    capacity,
    focus: null,
    pager: null,
    places: (count) => {
      // A last page with few people keeps the tiles of a full one, so that paging does not jump.
      const slots = total > capacity ? capacity : count
      const { columns, rows, tileWidth: width, tileHeight: height } = fitGrid(space, slots)
      const top = (space.height - rows * height - (rows - 1) * GRID_GAP) / 2
      return Array.from({ length: count }, (_, index) => {
        const row = Math.floor(index / columns)
        const inRow = Math.min(columns, count - row * columns)
        const left = (space.width - inRow * width - (inRow - 1) * GRID_GAP) / 2
        return {
          x: left + (index % columns) * (width + GRID_GAP),
          y: top + row * (height + GRID_GAP),
          width,
          height,
        }
      })
    },
  }
}

/** One in front and the others in a strip, whose room stays the same however many there are. */
export function focusShape(space: Space, total: number): StageShape {
  return space.width >= WIDE ? columnShape(space, total) : rowShape(space, total)
}

function columnShape(space: Space, total: number): StageShape {
  const { width, height } = COLUMN_TILE
  const x = space.width - width
  const fits = (room: number): number =>
    Math.max(1, Math.floor((room + GRID_GAP) / (height + GRID_GAP)))
  const paged = total > fits(space.height)
  const capacity = paged ? fits(space.height - PAGER - GRID_GAP) : fits(space.height)
  return {
    capacity,
    focus: { x: 0, y: 0, width: Math.max(0, x - GRID_GAP), height: space.height },
    pager: { x, y: space.height - PAGER, width, height: PAGER },
    places: (count) =>
      Array.from({ length: count }, (_, index) => ({
        x,
        y: index * (height + GRID_GAP),
        width,
        height,
      })),
  }
}

function rowShape(space: Space, total: number): StageShape {
  const { width, height } = ROW_TILE
  const y = Math.max(0, space.height - height)
  const fits = (room: number): number =>
    Math.max(1, Math.floor((room + GRID_GAP) / (width + GRID_GAP)))
  const paged = total > fits(space.width)
  const room = paged ? space.width - 2 * PAGER : space.width
  const capacity = fits(room)
  const left = paged ? PAGER : 0
  return {
    capacity,
    focus: { x: 0, y: 0, width: space.width, height: Math.max(0, y - GRID_GAP) },
    pager: { x: 0, y, width: space.width, height },
    places: (count) =>
      Array.from({ length: count }, (_, index) => ({
        x: left + index * (width + GRID_GAP),
        y,
        width,
        height,
      })),
  }
}
