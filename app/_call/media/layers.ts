/**
 * Which simulcast layer a tile deserves, by its size in device pixels. Pure; it must never ask for
 * more than can be seen.
 */

export type TileSize = { width: number; height: number }

export type PreferredLayers = { spatialLayer: number; temporalLayer: number }

/** Device pixels of height up to which the small and the middle layer (135 and 270 lines) do. */
const SMALL_TILE = 170
const MIDDLE_TILE = 340

/** A thumbnail this small is as good with half the frames. */
const THUMBNAIL = 120

/**
 * The layers for a tile of this size.
 *
 * @param size in device pixels (CSS pixels × device pixel ratio)
 */
export function layersFor(size: TileSize): PreferredLayers {
  const temporalLayer = size.height <= THUMBNAIL ? 1 : 2
  if (size.height <= SMALL_TILE) return { spatialLayer: 0, temporalLayer }
  if (size.height <= MIDDLE_TILE) return { spatialLayer: 1, temporalLayer }
  return { spatialLayer: 2, temporalLayer }
}
