/**
 * The one way from a face crop to the network's input, for browser, evaluation and tests alike: an antialiased bilinear
 * resize of the crop's middle (the filter that training resizes with, Pillow's BILINEAR: a triangle as wide as the
 * reduction, rounded to whole levels after each of its two passes), then a normalisation per channel. Pure; it must
 * never depend on a canvas, whose filters differ from browser to browser.
 */
import type { ModelConfig } from './config.ts'

/** For each target pixel the first source pixel that it is made of, and the weights from there on, one row a pixel. */
interface Taps {
  readonly reach: number
  readonly first: Int32Array
  readonly weights: Float64Array
}

function triangleTaps(from: number, to: number, view: number): Taps {
  const scale = (from * view) / to
  const margin = (from - from * view) / 2
  const radius = Math.max(1, scale)
  const reach = Math.ceil(2 * radius) + 1
  const first = new Int32Array(to)
  const weights = new Float64Array(to * reach)
  for (let target = 0; target < to; target += 1) {
    const centre = margin + (target + 0.5) * scale
    const start = Math.max(0, Math.floor(centre - radius + 0.5))
    const end = Math.min(from, Math.floor(centre + radius + 0.5))
    const row = Array.from({ length: end - start }, (_, index) =>
      Math.max(0, 1 - Math.abs((start + index + 0.5 - centre) / radius)),
    )
    const sum = row.reduce((total, weight) => total + weight, 0)
    first[target] = start
    weights.set(
      row.map((weight) => weight / sum),
      target * reach,
    )
  }
  return { reach, first, weights }
}

/**
 * Resizes along rows and transposes, so that two calls resize both ways. Plain indices and no arrays inside the loops:
 * this runs for every frame.
 * @param source `rows` lines of `from` pixels, `step` numbers a pixel of which the first three count
 * @param view the part of each line that counts, around its middle
 */
function resizeRows(
  source: Uint8ClampedArray | Uint8Array,
  from: number,
  rows: number,
  step: number,
  to: number,
  view: number,
): Uint8ClampedArray {
  const target = new Uint8ClampedArray(rows * to * 3)
  const { reach, first, weights } = triangleTaps(from, to, view)
  for (let column = 0; column < to; column += 1) {
    const start = first[column] ?? 0
    const taps = Math.min(reach, from - start)
    for (let row = 0; row < rows; row += 1) {
      let red = 0
      let green = 0
      let blue = 0
      let pixel = (row * from + start) * step
      for (let tap = 0; tap < taps; tap += 1) {
        const weight = weights[column * reach + tap] ?? 0
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
 * @param view the part of the picture's width and height that is taken, around its middle
 * @returns `size × size` pixels of red, green, blue, 0…255
 */
export function resizeToSquare(
  pixels: Uint8ClampedArray | Uint8Array,
  width: number,
  height: number,
  channels: 3 | 4,
  size: number,
  view = 1,
): Uint8ClampedArray {
  const turned = resizeRows(pixels, width, height, channels, size, view)
  return resizeRows(turned, height, size, 3, size, view)
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
  config: Pick<ModelConfig, 'size' | 'view' | 'mean' | 'std'>,
): Float32Array {
  const square = resizeToSquare(pixels, width, height, channels, config.size, config.view)
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
