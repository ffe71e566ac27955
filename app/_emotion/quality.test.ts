import { describe, expect, it } from 'vitest'
import { measureLight } from './light.ts'
import { LIMITS, qualityOf } from './quality.ts'
import { QUALITY } from './reading.ts'

const SIDE = 96

/** A square RGBA picture of one brightness a pixel. */
function picture(brightness: (x: number, y: number) => number, side = SIDE): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(side * side * 4)
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1)
      rgba.fill(brightness(x, y), (y * side + x) * 4, (y * side + x) * 4 + 4)
  }
  return rgba
}

/** Stripes of a face-like scale: `low` and `high`, softened over `soft` pixels. */
const stripes = (low: number, high: number, soft: number) => (x: number, y: number) =>
  low +
  (high - low) * (0.5 + 0.5 * Math.max(-1, Math.min(1, (Math.sin(x / 4) + Math.sin(y / 5)) / soft)))

const good = {
  pose: { yaw: 0, pitch: 0 },
  side: 120,
  light: measureLight(picture(stripes(60, 180, 0.3)), SIDE),
}

describe('measureLight', () => {
  it('measures range inside the oval of the face, whatever is bright around it', () => {
    const window = picture((x, y) => (x < 8 || y < 8 ? 255 : 20))
    const { dark, bright } = measureLight(window, SIDE)
    expect(bright - dark).toBeLessThan(LIMITS.range)
    expect(bright).toBeLessThan(LIMITS.bright)
  })

  it('finds the same sharpness in a dim and in a bright picture', () => {
    const dim = measureLight(picture(stripes(20, 60, 0.3)), SIDE).sharpness
    const bright = measureLight(picture(stripes(60, 240, 0.3)), SIDE).sharpness
    expect(dim / bright).toBeGreaterThan(0.9)
    expect(dim / bright).toBeLessThan(1.1)
  })

  it('finds less sharpness in softer edges', () => {
    const hard = measureLight(picture(stripes(60, 180, 0.2)), SIDE).sharpness
    const soft = measureLight(picture(stripes(60, 180, 2)), SIDE).sharpness
    expect(soft).toBeLessThan(hard)
  })
})

describe('qualityOf', () => {
  it('lets a plain face pass, a dark-skinned one too', () => {
    expect(qualityOf(good)).toBe(QUALITY.good)
    const darkSkin = measureLight(picture(stripes(18, 70, 0.3)), SIDE)
    expect(qualityOf({ ...good, light: darkSkin })).toBe(QUALITY.good)
  })

  it.each([
    ['a head turned aside', { ...good, pose: { yaw: -70, pitch: 0 } }, QUALITY.turnedAway],
    ['a head bent far down', { ...good, pose: { yaw: 0, pitch: 60 } }, QUALITY.turnedAway],
    ['a tiny face', { ...good, side: 20 }, QUALITY.tooSmall],
    [
      'a dark room',
      { ...good, light: measureLight(picture(stripes(4, 16, 0.3)), SIDE) },
      QUALITY.tooDark,
    ],
    [
      'a covered lens',
      {
        ...good,
        light: measureLight(
          picture(() => 90),
          SIDE,
        ),
      },
      QUALITY.tooDark,
    ],
    [
      'fog',
      {
        ...good,
        light: measureLight(
          picture((x) => 60 + x),
          SIDE,
        ),
      },
      QUALITY.blurred,
    ],
  ])('names %s', (_, face, quality) => {
    expect(qualityOf(face)).toBe(quality)
  })
})
