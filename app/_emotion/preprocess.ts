/**
 * The one way from a face crop to the network's input, for browser, evaluation and tests alike: an antialiased bilinear
 * resize (the filter that training resizes with, Pillow's BILINEAR: a triangle as wide as the reduction, rounded to whole
 * levels after each of its two passes), then a normalisation per channel. Pure; it must never depend on a canvas, whose
 * filters differ from browser to browser.
 */
import type { ModelConfig } from './config.ts'

/** Which source pixels make up one target pixel, and with what weight. */
interface Tap {
  readonly first: number
  readonly weights: Float64Array
}

function triangleTaps(from: number, to: number): readonly Tap[] {
  const scale = from / to
  const reach = Math.max(1, scale)
  return Array.from({ length: to }, (_, target) => {
    const centre = (target + 0.5) * scale
    const first = Math.max(0, Math.floor(centre - reach + 0.5))
    const end = Math.min(from, Math.floor(centre + reach + 0.5))
    const weights = Float64Array.from({ length: end - first }, (_unused, index) =>
      Math.max(0, 1 - Math.abs((first + index + 0.5 - centre) / reach)),
    )
    const sum = weights.reduce((total, weight) => total + weight, 0)
    return { first, weights: weights.map((weight) => weight / sum) }
  })
}

/**
 * Resizes along rows and transposes, so that two calls resize both ways.
 * @param source `rows` lines of `from` pixels, `step` numbers a pixel of which the first three count
 */
function resizeRows(
  source: Uint8ClampedArray | Uint8Array,
  from: number,
  rows: number,
  step: number,
  to: number,
): Uint8ClampedArray {
  const target = new Uint8ClampedArray(rows * to * 3)
  for (const [column, { first, weights }] of triangleTaps(from, to).entries()) {
    for (let row = 0; row < rows; row += 1) {
      let [red, green, blue] = [0, 0, 0]
      let pixel = (row * from + first) * step
      for (const weight of weights) {
        red += weight * (source[pixel] ?? 0)
        green += weight * (source[pixel + 1] ?? 0)
        blue += weight * (source[pixel + 2] ?? 0)
        pixel += step
      }
      const place = (column * rows + row) * 3
      target[place] = Math.floor(red + 0.5)
      target[place + 1] = Math.floor(green + 0.5)
      target[place + 2] = Math.floor(blue + 0.5)
    }
  }
  return target
}

/**
 * Resizes a picture to a square.
 * @param pixels `width × height` pixels of `channels` bytes each, of which red, green and blue count
 * @param size side of the square
 * @returns `size × size` pixels of red, green, blue, 0…255
 */
export function resizeToSquare(
  pixels: Uint8ClampedArray | Uint8Array,
  width: number,
  height: number,
  channels: 3 | 4,
  size: number,
): Uint8ClampedArray {
  const turned = resizeRows(pixels, width, height, channels, size)
  return resizeRows(turned, height, size, 3, size)
}

/**
 * A crop as the network wants it: `size × size × 3` numbers, rows first, channels last. A picture that is not square is
 * stretched, as in training.
 */
export function preprocess(
  pixels: Uint8ClampedArray | Uint8Array,
  width: number,
  height: number,
  channels: 3 | 4,
  config: Pick<ModelConfig, 'size' | 'mean' | 'std'>,
): Float32Array {
  const square = resizeToSquare(pixels, width, height, channels, config.size)
  const [meanRed, meanGreen, meanBlue] = config.mean
  const [stdRed, stdGreen, stdBlue] = config.std
  const input = new Float32Array(square.length)
  for (let index = 0; index < square.length; index += 3) {
    input[index] = ((square[index] ?? 0) - meanRed) / stdRed
    input[index + 1] = ((square[index + 1] ?? 0) - meanGreen) / stdGreen
    input[index + 2] = ((square[index + 2] ?? 0) - meanBlue) / stdBlue
  }
  return input
}
