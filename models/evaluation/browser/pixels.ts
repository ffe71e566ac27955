/**
 * A decoded picture's pixels in a page. It must never scale them.
 */
import type { Pixels } from '../../../app/_emotion/classifier.ts'

/**
 * Red, green, blue and alpha of every pixel.
 * @throws TypeError where the page has no 2D canvas
 */
export function pixelsOf(bitmap: ImageBitmap): Pixels {
  const { width, height } = bitmap
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (context === null) throw new TypeError('no 2D canvas')
  context.drawImage(bitmap, 0, 0)
  return { data: context.getImageData(0, 0, width, height).data, width, height, channels: 4 }
}
