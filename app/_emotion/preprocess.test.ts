import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { preprocess, resizeToSquare } from './preprocess.ts'

const config = {
  size: 4,
  view: 1,
  mean: [10, 20, 30] as [number, number, number],
  std: [1, 2, 4] as [number, number, number],
}

describe('resizeToSquare', () => {
  it('leaves a picture of the right size as it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 48, maxLength: 48 }), (pixels) => {
        expect([...resizeToSquare(pixels, 4, 4, 3, 4)]).toEqual([...pixels])
      }),
    )
  })

  it('keeps an even picture even, at any size and shape', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 0, max: 255 }),
        (width, height, size, level) => {
          const even = new Uint8ClampedArray(width * height * 4).fill(level)
          const out = resizeToSquare(even, width, height, 4, size)
          expect(out).toHaveLength(size * size * 3)
          expect(out.every((value) => value === level)).toBe(true)
        },
      ),
    )
  })

  it('gives the numbers of Pillow’s BILINEAR, smaller and larger', () => {
    const ramp = Uint8Array.from(
      { length: 6 * 2 * 3 },
      (_, i) => [0, 255, 30, 200, 90, 10][Math.floor(i / 3) % 6] ?? 0,
    )
    const red = (pixels: Uint8ClampedArray): number[] => [...pixels].filter((_, i) => i % 3 === 0)
    expect(red(resizeToSquare(ramp, 6, 2, 3, 2))).toEqual([128, 90, 128, 90])
    expect(red(resizeToSquare(ramp, 6, 2, 3, 3))).toEqual([
      114, 129, 71, 114, 129, 71, 114, 129, 71,
    ])
    expect(red(resizeToSquare(ramp, 6, 2, 3, 8)).slice(0, 8)).toEqual([
      0, 159, 171, 51, 179, 131, 60, 10,
    ])
  })

  it('gives the numbers of Pillow’s BILINEAR for the middle of a picture', () => {
    const row = [0, 255, 30, 200, 90, 10]
    const ramp = Uint8Array.from([...row, ...row].flatMap((level) => [level, level, level]))
    const firstRow = (size: number, view: number): number[] =>
      [...resizeToSquare(ramp, 6, 2, 3, size, view)].filter((_, i) => i % 3 === 0).slice(0, size)
    expect(firstRow(2, 0.5)).toEqual([124, 144])
    expect(firstRow(3, 0.75)).toEqual([159, 115, 96])
    expect(firstRow(8, 0.9)).toEqual([35, 207, 145, 58, 172, 144, 75, 21])
  })
})

describe('preprocess', () => {
  it('normalises each channel, red first, rows first', () => {
    const pixels = new Uint8ClampedArray(4 * 4 * 4).fill(0)
    pixels.set([110, 120, 130, 255], 4 * (4 * 1 + 2))
    const input = preprocess(pixels, 4, 4, 4, config)
    expect([...input.slice(0, 3)]).toEqual([-10, -10, -7.5])
    expect([...input.slice(3 * (4 * 1 + 2), 3 * (4 * 1 + 2) + 3)]).toEqual([100, 50, 25])
  })

  it('reads three and four bytes a pixel alike', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 75, maxLength: 75 }), (rgb) => {
        const rgba = new Uint8Array(100).map((_, i) =>
          i % 4 === 3 ? 255 : (rgb[Math.floor(i / 4) * 3 + (i % 4)] ?? 0),
        )
        expect(preprocess(rgba, 5, 5, 4, config)).toEqual(preprocess(rgb, 5, 5, 3, config))
      }),
    )
  })
})
