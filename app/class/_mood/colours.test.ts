/**
 * The colours of the chart, held against how colour-blind eyes see them. The matrices are those of
 * Machado, Oliveira and Fernandes (2009) for the full deficiency, in linear RGB; distances are in OKLab.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { MOOD_PARTS } from './slices.ts'

type Triple = readonly [number, number, number]

const EYES: Readonly<Record<string, readonly Triple[]>> = {
  'usual eyes': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

function dot(row: Triple, [r, g, b]: Triple): number {
  return row[0] * r + row[1] * g + row[2] * b
}

function linearOf(hex: string): Triple {
  const channel = (start: number): number => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

function oklab(colour: Triple): Triple {
  const cone = (row: Triple): number => Math.cbrt(Math.max(0, dot(row, colour)))
  const lms: Triple = [
    cone([0.4122214708, 0.5363325363, 0.0514459929]),
    cone([0.2119034982, 0.6806995451, 0.1073969566]),
    cone([0.0883024619, 0.2817188376, 0.6299787005]),
  ]
  return [
    dot([0.2104542553, 0.793617785, -0.0040720468], lms),
    dot([1.9779984951, -2.428592205, 0.4505937099], lms),
    dot([0.0259040371, 0.7827717662, -0.808675766], lms),
  ]
}

function seenBy(eyes: readonly Triple[], hex: string): Triple {
  const colour = linearOf(hex)
  const [r, g, b] = eyes.map((row) => Math.min(1, Math.max(0, dot(row, colour))))
  return oklab([r ?? 0, g ?? 0, b ?? 0])
}

const css = readFileSync(new URL('../../globals.css', import.meta.url), 'utf8')

function paletteOf(): readonly (readonly [string, string])[] {
  return MOOD_PARTS.map((part) => {
    const hex = new RegExp(`--color-emotion-${part}: (#[0-9a-f]{6});`).exec(css)?.[1]
    if (hex === undefined) throw new Error(`no colour for ${part}`)
    return [part, hex] as const
  })
}

describe('colours of the chart', () => {
  test.each(Object.entries(EYES))('%s tell every two parts apart', (_name, eyes) => {
    const seen = paletteOf().map(([part, hex]) => ({ part, colour: seenBy(eyes, hex) }))
    const near = seen.flatMap((one, index) =>
      seen.slice(index + 1).flatMap((other) => {
        const apart = Math.hypot(
          ...one.colour.map((value, axis) => value - (other.colour[axis] ?? 0)),
        )
        return apart < 0.09 ? [`${one.part} and ${other.part}: ${apart.toFixed(3)}`] : []
      }),
    )
    expect(near).toEqual([])
  })
})
