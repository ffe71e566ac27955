/**
 * Light and sharpness of a face crop. Both look at the face as the model sees it, on a coarse grid and inside the oval
 * of the face, so that a bright window behind a person does not pass for a well-lit face. Never keeps a pixel.
 */

/** What a crop's pixels say about how well it can be read. */
export interface Light {
  /** Brightness, 0…255, below which a twentieth of the face lies. */
  readonly dark: number
  /** Brightness, 0…255, above which a twentieth of the face lies. */
  readonly bright: number
  /** Fine structure against contrast, about 0 (fog) to 1; does not depend on brightness. */
  readonly sharpness: number
}

/** Side of the grid that light and sharpness are measured on, in cells. */
const GRID = 48

/** Brightness (BT.601) of a square RGBA picture, averaged onto a GRID × GRID raster. */
function coarseBrightness(rgba: Uint8ClampedArray, side: number): Float32Array {
  const sums = new Float32Array(GRID * GRID)
  const counts = new Uint32Array(GRID * GRID)
  for (let y = 0; y < side; y += 1) {
    const row = Math.floor((y * GRID) / side) * GRID
    for (let x = 0; x < side; x += 1) {
      const pixel = (y * side + x) * 4
      const cell = row + Math.floor((x * GRID) / side)
      sums[cell] =
        (sums[cell] ?? 0) +
        0.299 * (rgba[pixel] ?? 0) +
        0.587 * (rgba[pixel + 1] ?? 0) +
        0.114 * (rgba[pixel + 2] ?? 0)
      counts[cell] = (counts[cell] ?? 0) + 1
    }
  }
  return sums.map((sum, cell) => sum / Math.max(1, counts[cell] ?? 0))
}

/** Cells inside the oval of a face that stands in the crop as `cropSquare` puts it. */
const OVAL: readonly number[] = Array.from({ length: GRID * GRID }, (_, cell) => cell).filter(
  (cell) => {
    const x = ((cell % GRID) + 0.5) / GRID - 0.5
    const y = (Math.floor(cell / GRID) + 0.5) / GRID - 0.537
    return (x / 0.33) ** 2 + (y / 0.385) ** 2 <= 1
  },
)

/**
 * Measures a crop. A crop smaller than the grid fills it with gaps; such faces are refused for their size.
 * @param rgba the pixels of a square crop, four bytes each
 * @param side its side in pixels
 */
export function measureLight(rgba: Uint8ClampedArray, side: number): Light {
  const grid = coarseBrightness(rgba, side)
  const sorted = OVAL.map((cell) => grid[cell] ?? 0).sort((a, b) => a - b)
  const dark = sorted[Math.floor(sorted.length * 0.05)] ?? 0
  const bright = sorted[Math.floor(sorted.length * 0.95)] ?? 0
  let edges = 0
  for (const cell of OVAL) {
    const here = grid[cell] ?? 0
    const around =
      (grid[cell - 1] ?? 0) +
      (grid[cell + 1] ?? 0) +
      (grid[cell - GRID] ?? 0) +
      (grid[cell + GRID] ?? 0)
    edges += Math.abs(4 * here - around)
  }
  return { dark, bright, sharpness: edges / OVAL.length / Math.max(8, bright - dark) }
}
