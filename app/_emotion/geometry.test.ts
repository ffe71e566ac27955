import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  POINTS_PER_FACE,
  boundingBox,
  cropSquare,
  eyeOpenness,
  headPose,
  reachesBeyond,
} from './geometry.ts'
import type { Point } from './geometry.ts'

/** A face whose eyes stand `eyes` apart, mouth `down` below them, lids `lids` apart; all other points at its middle. */
function faceOf({ eyes = 60, down = 60, lids = 6, x = 200, y = 150 } = {}): Point[] {
  const points = Array.from({ length: POINTS_PER_FACE }, (): Point => ({
    x,
    y: y + down / 2,
    z: 0,
  }))
  const half = eyes / 2
  const eye = (middle: number, corners: [number, number], pairs: [number, number][]): void => {
    points[corners[0]] = { x: middle - 10, y, z: 0 }
    points[corners[1]] = { x: middle + 10, y, z: 0 }
    for (const [upper, lower] of pairs) {
      points[upper] = { x: middle, y: y - lids / 2, z: 0 }
      points[lower] = { x: middle, y: y + lids / 2, z: 0 }
    }
  }
  eye(
    x - half,
    [33, 133],
    [
      [160, 144],
      [158, 153],
    ],
  )
  eye(
    x + half,
    [362, 263],
    [
      [387, 373],
      [385, 380],
    ],
  )
  points[61] = { x: x - 20, y: y + down, z: 0 }
  points[291] = { x: x + 20, y: y + down, z: 0 }
  return points
}

function turned(
  points: readonly Point[],
  angle: number,
  scale: number,
  dx: number,
  dy: number,
): Point[] {
  const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale]
  return points.map(({ x, y, z }) => ({
    x: x * cos - y * sin + dx,
    y: x * sin + y * cos + dy,
    z: z * scale,
  }))
}

describe('cropSquare', () => {
  it('puts an upright face in the middle, eyes above it', () => {
    const square = cropSquare(faceOf())
    expect(square.angle).toBeCloseTo(0)
    expect(square.side).toBeCloseTo(120 / 0.75)
    expect(square.x).toBeCloseTo(200)
    const top = square.y - square.side / 2
    expect((150 - top) / square.side).toBeGreaterThan(0.32)
    expect((150 - top) / square.side).toBeLessThan(0.4)
    expect((210 - top) / square.side).toBeLessThan(0.8)
  })

  it('follows a face that is moved, turned and enlarged', () => {
    const face = faceOf()
    const before = cropSquare(face)
    fc.assert(
      fc.property(
        fc.double({ min: -1.4, max: 1.4, noNaN: true }),
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        fc.integer({ min: -500, max: 500 }),
        fc.integer({ min: -500, max: 500 }),
        (angle, scale, dx, dy) => {
          const after = cropSquare(turned(face, angle, scale, dx, dy))
          const [centre] = turned([{ x: before.x, y: before.y, z: 0 }], angle, scale, dx, dy)
          expect(after.angle).toBeCloseTo(angle, 6)
          expect(after.side).toBeCloseTo(before.side * scale, 6)
          expect(after.x).toBeCloseTo(centre?.x ?? NaN, 6)
          expect(after.y).toBeCloseTo(centre?.y ?? NaN, 6)
        },
      ),
    )
  })

  it('does not enlarge a head that is turned to the side', () => {
    const face = faceOf()
    const yaw = Math.PI / 4
    const aside = face.map(({ x, y }) => ({
      x: 200 + (x - 200) * Math.cos(yaw),
      y,
      z: (x - 200) * Math.sin(yaw),
    }))
    expect(cropSquare(aside).side).toBeCloseTo(cropSquare(face).side)
  })

  it('refuses a face with too few points', () => {
    expect(() => cropSquare([])).toThrow(RangeError)
  })
})

describe('reachesBeyond', () => {
  it('sees a square that leaves the picture on any side, also by its turn', () => {
    const inside = { x: 50, y: 50, side: 80, angle: 0 }
    expect(reachesBeyond(inside, 100, 100)).toBe(false)
    expect(reachesBeyond({ ...inside, x: 39 }, 100, 100)).toBe(true)
    expect(reachesBeyond({ ...inside, y: 61 }, 100, 100)).toBe(true)
    expect(reachesBeyond({ ...inside, angle: Math.PI / 4 }, 100, 100)).toBe(true)
  })
})

describe('headPose', () => {
  const matrix = (x: number, y: number, z: number): number[] => [
    1,
    0,
    0,
    0,
    0,
    1,
    0,
    0,
    x,
    y,
    z,
    0,
    0,
    0,
    -50,
    1,
  ]

  it('is straight for the identity, and follows the axis of the face', () => {
    expect(headPose(matrix(0, 0, 1))).toEqual({ yaw: 0, pitch: -0 })
    expect(headPose(matrix(Math.SQRT1_2, 0, Math.SQRT1_2)).yaw).toBeCloseTo(45)
    expect(headPose(matrix(-1, 0, 0)).yaw).toBeCloseTo(-90)
    expect(headPose(matrix(0, -0.5, Math.sqrt(0.75))).pitch).toBeCloseTo(30)
  })
})

describe('eyeOpenness', () => {
  it('is height over width, whatever the size of the face', () => {
    expect(eyeOpenness(faceOf({ lids: 6 }))).toBeCloseTo(0.3)
    expect(eyeOpenness(faceOf({ lids: 0 }))).toBe(0)
    expect(eyeOpenness(turned(faceOf({ lids: 6 }), 0.5, 3, 9, 9))).toBeCloseTo(0.3)
  })
})

describe('boundingBox', () => {
  it('holds all points', () => {
    expect(
      boundingBox([
        { x: 3, y: 9, z: 0 },
        { x: 7, y: 4, z: 0 },
      ]),
    ).toEqual({ x: 3, y: 4, width: 4, height: 5 })
  })
})
