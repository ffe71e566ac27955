/**
 * Which simulcast layer a tile deserves, by its size in device pixels. Pure; it must never ask for
 * more than can be seen.
 */

import type { Strain } from '../quality/strain.ts'

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
 * @param strain how far this machine is behind: it gets less than would fit
 */
export function layersFor(size: TileSize, strain: Strain = 0): PreferredLayers {
  const { spatialLayer, temporalLayer } = fitting(size)
  return {
    spatialLayer: Math.max(0, spatialLayer - strain),
    temporalLayer: strain === 2 ? Math.max(0, temporalLayer - 1) : temporalLayer,
  }
}

/**
 * The layers for a shared screen of this size: letters stay as sharp as they are sent wherever they can be read at all,
 * and a machine that is behind gets fewer frames.
 */
export function screenLayersFor(size: TileSize, strain: Strain = 0): PreferredLayers {
  return { spatialLayer: size.height <= SMALL_TILE ? 0 : 1, temporalLayer: 2 - strain }
}

function fitting(size: TileSize): PreferredLayers {
  const temporalLayer = size.height <= THUMBNAIL ? 1 : 2
  if (size.height <= SMALL_TILE) return { spatialLayer: 0, temporalLayer }
  if (size.height <= MIDDLE_TILE) return { spatialLayer: 1, temporalLayer }
  return { spatialLayer: 2, temporalLayer }
}
