/**
 * Where the floating chart stands: pure arithmetic that keeps all of it in sight. It must never let
 * the chart get lost behind an edge, nor stand over the controls of the call.
 */

export type Place = { x: number; y: number }
export type Size = { width: number; height: number }

/** Least distance from the edges of the window, CSS pixels. */
export const EDGE = 8

/** One press of an arrow key, and one with Shift held. */
export const STEP = 16
export const LARGE_STEP = 64

/**
 * What the chart may stand over, from the window's top left corner: as far as the people reach, which is to an open
 * panel and to the toolbar, of however many rows that is.
 */
export function freeArea(window: Size, people: { right: number; bottom: number }): Size {
  return {
    width: Math.min(window.width, people.right + EDGE),
    height: Math.min(window.height, people.bottom),
  }
}

/** The most that the chart can be high with all of it in sight. */
export function mostHeight(area: Size): number {
  return Math.max(0, area.height - 2 * EDGE)
}

/** The nearest place at which all of `size` is in sight (its top left corner if it is too large). */
export function clampPlace(place: Place, size: Size, area: Size): Place {
  const clamp = (value: number, extent: number, room: number): number =>
    Math.max(EDGE, Math.min(value, room - extent - EDGE))
  return {
    x: clamp(place.x, size.width, area.width),
    y: clamp(place.y, size.height, area.height),
  }
}

/** Space between the chart and the toolbar before anybody moved it. */
const FOOT = 16

/**
 * Bottom left, above the toolbar: panels open on the right, and the first steps are told at the top. It stands over
 * the teacher's own picture as long as the class is small.
 */
export function firstPlace(size: Size, area: Size): Place {
  return clampPlace({ x: 20, y: area.height - size.height - FOOT }, size, area)
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
