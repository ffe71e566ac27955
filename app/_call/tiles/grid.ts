/**
 * The shape of the grid: how many tiles one page holds and how large they are, from the space there
 * is. Pure arithmetic in CSS pixels; it must never read the page.
 */

export type Space = { width: number; height: number }

export type Grid = {
  columns: number
  rows: number
  /** Size of one tile. */
  tileWidth: number
  tileHeight: number
}

/** Space between two tiles. */
export const GRID_GAP = 12

/** Below this width a face and a name can no longer be made out. */
const LEAST_TILE_WIDTH = 150

/** More faces than this on one page help nobody and cost a laptop its breath. */
const MOST_TILES = 25

/** Widest and tallest shape of a tile; between them a tile takes what the space offers. */
const WIDEST = 16 / 9
const TALLEST = 1

/**
 * The grid that gives `count` tiles the most area in `space`.
 *
 * @returns whole numbers of columns and rows with columns × rows ≥ count, and tiles that fit into
 *   `space` with {@link GRID_GAP} between them
 */
export function fitGrid(space: Space, count: number): Grid {
  const tiles = Math.max(1, count)
  let best: Grid = { columns: 1, rows: tiles, tileWidth: 0, tileHeight: 0 }
  for (let columns = 1; columns <= tiles; columns += 1) {
    const rows = Math.ceil(tiles / columns)
    const tile = fitTile(
      (space.width - GRID_GAP * (columns - 1)) / columns,
      (space.height - GRID_GAP * (rows - 1)) / rows,
    )
    if (tile.width * tile.height > best.tileWidth * best.tileHeight) {
      best = { columns, rows, tileWidth: tile.width, tileHeight: tile.height }
    }
  }
  return best
}

function fitTile(width: number, height: number): Space {
  if (width <= 0 || height <= 0) return { width: 0, height: 0 }
  if (width / height > WIDEST) return { width: height * WIDEST, height }
  if (width / height < TALLEST) return { width, height: width / TALLEST }
  return { width, height }
}

/** How many tiles one page shows in `space`: at least 1, at most 25. */
export function pageCapacity(space: Space): number {
  for (let count = MOST_TILES; count > 1; count -= 1) {
    if (fitGrid(space, count).tileWidth >= LEAST_TILE_WIDTH) return count
  }
  return 1
}

/** The page's part of an order; a page past the end is the last one. */
export function pageRange(
  total: number,
  capacity: number,
  page: number,
): { page: number; pages: number; start: number; end: number } {
  const pages = Math.max(1, Math.ceil(total / capacity))
  const current = Math.min(Math.max(0, page), pages - 1)
  const start = current * capacity
  return { page: current, pages, start, end: Math.min(total, start + capacity) }
}
