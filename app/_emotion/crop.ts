/**
 * Cuts the square of a face out of a picture, upright and at about the picture's own resolution (the one resize to the
 * network's size is `preprocess`). Where the square reaches beyond the picture its border is repeated outwards, as in
 * training. It must never hand a canvas on: callers get pixels.
 */
import { reachesBeyond } from './geometry.ts'
import type { CropSquare } from './geometry.ts'

/** Pixels of a crop's side, at least and at most. */
const SMALLEST = 48
const LARGEST = 256

/** A picture to cut from. */
export type Picture = ImageBitmap | OffscreenCanvas

/** Cuts crops with one canvas of its own. */
export class Cropper {
  readonly #context: OffscreenCanvasRenderingContext2D

  /** @throws TypeError where a worker has no 2D canvas */
  constructor() {
    const context = new OffscreenCanvas(LARGEST, LARGEST).getContext('2d', {
      willReadFrequently: true,
    })
    if (context === null) throw new TypeError('no 2D canvas')
    context.imageSmoothingQuality = 'high'
    this.#context = context
  }

  /** The crop's pixels, square, RGBA. */
  cut(picture: Picture, square: CropSquare): ImageData {
    const side = Math.min(LARGEST, Math.max(SMALLEST, Math.round(square.side)))
    const scale = side / square.side
    const g = this.#context
    g.resetTransform()
    g.clearRect(0, 0, side, side)
    g.translate(side / 2, side / 2)
    g.rotate(-square.angle)
    g.scale(scale, scale)
    g.translate(-square.x, -square.y)
    if (reachesBeyond(square, picture.width, picture.height)) repeatBorder(g, picture, square.side)
    g.drawImage(picture, 0, 0)
    return g.getImageData(0, 0, side, side)
  }
}

/**
 * Draws the picture's outermost pixels outwards by `reach`, on all eight sides. Strips begin a pixel inside, under the
 * picture: a turned edge is drawn softly, and nothing but its own colour may show through.
 */
function repeatBorder(g: OffscreenCanvasRenderingContext2D, picture: Picture, reach: number): void {
  const { width, height } = picture
  const columns = [
    [0, 1, -reach, reach + 1],
    [0, width, 0, width],
    [width - 1, 1, width - 1, reach + 1],
  ] as const
  const rows = [
    [0, 1, -reach, reach + 1],
    [0, height, 0, height],
    [height - 1, 1, height - 1, reach + 1],
  ] as const
  for (const [sx, sw, x, w] of columns) {
    for (const [sy, sh, y, h] of rows) {
      if (sw === 1 || sh === 1) g.drawImage(picture, sx, sy, sw, sh, x, y, w, h)
    }
  }
}
