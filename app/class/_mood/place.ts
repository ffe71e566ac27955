/**
 * Where the floating chart stands: pure arithmetic that keeps all of it in sight. It must never let
 * the chart get lost behind an edge.
 */

export type Place = { x: number; y: number }
export type Size = { width: number; height: number }

/** Least distance from the edges of the window, CSS pixels. */
export const EDGE = 8

/** One press of an arrow key, and one with Shift held. */
export const STEP = 16
export const LARGE_STEP = 64

/** The nearest place at which all of `size` is in sight (its top left corner if it is too large). */
export function clampPlace(place: Place, size: Size, viewport: Size): Place {
  const clamp = (value: number, extent: number, room: number): number =>
    Math.max(EDGE, Math.min(value, room - extent - EDGE))
  return {
    x: clamp(place.x, size.width, viewport.width),
    y: clamp(place.y, size.height, viewport.height),
  }
}

/** Height of the toolbar at the window's foot, with the space around it. */
const TOOLBAR = 88

/**
 * Bottom left, above the toolbar: panels open on the right, and the first steps are told at the top. It stands over
 * the teacher's own picture as long as the class is small.
 */
export function firstPlace(size: Size, viewport: Size): Place {
  return clampPlace({ x: 20, y: viewport.height - size.height - TOOLBAR }, size, viewport)
}

/** Where an arrow key moves a place; null for any other key. */
export function moveByKey(place: Place, key: string, large: boolean): Place | null {
  const step = large ? LARGE_STEP : STEP
  switch (key) {
    case 'ArrowLeft':
      return { ...place, x: place.x - step }
    case 'ArrowRight':
      return { ...place, x: place.x + step }
    case 'ArrowUp':
      return { ...place, y: place.y - step }
    case 'ArrowDown':
      return { ...place, y: place.y + step }
    default:
      return null
  }
}
