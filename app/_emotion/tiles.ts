/**
 * The parts of a large picture into which the finder looks anew: its detector sees everything at 192 pixels, so that in
 * a picture of a whole class it misses most faces. Pure; it must never drop a face that the whole picture gave.
 */
import type { Box } from './reading.ts'

/**
 * Parts along the longer side, from so many pixels of it on. A face is found best where it is a sixth of a part or more;
 * finer parts than these found hardly one face more and now and then one where there was none.
 */
const LEVELS = [
  { parts: 2, from: 640 },
  { parts: 4, from: 1_100 },
  { parts: 6, from: 1_600 },
] as const

/** What two neighbours share, as a fraction of a part: a face up to that size is whole in one of them. */
const OVERLAP = 0.35

/** A face that ends so close to the edge of a part, as a fraction of it, may be cut. */
const EDGE = 0.01

function cuts(side: number, parts: number): readonly { at: number; length: number }[] {
  const length = Math.ceil(side / (1 + (parts - 1) * (1 - OVERLAP)))
  return Array.from({ length: parts }, (_, part) => ({
    at: parts === 1 ? 0 : Math.round((part * (side - length)) / (parts - 1)),
    length,
  }))
}

/** Overlapping parts, coarse ones first; none of a small picture. */
export function tilesOf(width: number, height: number): readonly Box[] {
  const longest = Math.max(width, height)
  return LEVELS.filter(({ from }) => longest >= from).flatMap(({ parts }) => {
    const along = (side: number): number => Math.max(1, Math.round((parts * side) / longest))
    return cuts(height, along(height)).flatMap((row) =>
      cuts(width, along(width)).map((column) => ({
        x: column.at,
        y: row.at,
        width: column.length,
        height: row.length,
      })),
    )
  })
}

/** Area that two boxes share, in square pixels. */
export function overlapOf(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width > 0 && height > 0 ? width * height : 0
}

/** True when two boxes are of one face: most of the smaller lies in the other. */
function sameFace(a: Box, b: Box): boolean {
  return overlapOf(a, b) > 0.4 * Math.min(a.width * a.height, b.width * b.height)
}

function isCut(box: Box, tile: Box, picture: { width: number; height: number }): boolean {
  const [across, down] = [tile.width * EDGE, tile.height * EDGE]
  return (
    (tile.x > 0 && box.x < tile.x + across) ||
    (tile.y > 0 && box.y < tile.y + down) ||
    (tile.x + tile.width < picture.width && box.x + box.width > tile.x + tile.width - across) ||
    (tile.y + tile.height < picture.height && box.y + box.height > tile.y + tile.height - down)
  )
}

/** Adds what a part showed to what is known, without repeats and without faces that its edge cuts. */
export function mergeFaces<Face extends { readonly box: Box }>(
  known: readonly Face[],
  inside: readonly Face[],
  tile: Box,
  picture: { readonly width: number; readonly height: number },
): readonly Face[] {
  const all = [...known]
  for (const face of inside) {
    if (isCut(face.box, tile, picture)) continue
    if (!all.some((other) => sameFace(other.box, face.box))) all.push(face)
  }
  return all
}
