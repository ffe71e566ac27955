/**
 * Plain geometry on the 478 facial points: where to cut the picture so that a face stands in it as faces stand in the
 * pictures that the model learnt from, how far the head is turned, how far the eyes are open. Pure numbers; it must
 * never touch a picture.
 */
import type { Box } from './reading.ts'

/** A facial point in pixels of the picture; `z` in the same unit, towards the camera negative. */
export interface Point {
  readonly x: number
  readonly y: number
  readonly z: number
}

/** A square to cut out of the picture: centre and side in pixels, turned clockwise by `angle` radians. */
export interface CropSquare {
  readonly x: number
  readonly y: number
  readonly side: number
  readonly angle: number
}

/** Where the head points, in degrees; zero is straight into the camera. */
export interface HeadPose {
  /** To either side, -180…180. */
  readonly yaw: number
  /** Down is positive, -90…90. */
  readonly pitch: number
}

/** How many points a face has. */
export const POINTS_PER_FACE = 478

/** Corners of the eye on the picture's left, then of that on its right, then of the mouth. */
const LEFT_EYE = [33, 133] as const
const RIGHT_EYE = [362, 263] as const
const MOUTH = [61, 291] as const

/** Per eye: outer and inner corner, then two pairs of upper and lower lid. */
const LEFT_LIDS = [33, 133, 160, 144, 158, 153] as const
const RIGHT_LIDS = [263, 362, 387, 373, 385, 380] as const

/**
 * Distance between the eyes plus distance from eyes to mouth, as a fraction of the crop's side, and the height of the
 * point midway between eyes and mouth. Measured with these very points, the medians of the pictures that the model
 * learns from are 0.58 (AffectNet), 0.73 (press photographs), 0.74 (FER+) and 0.86 (RAF-DB); of the spans tried
 * (`models/training/framing.py`), 0.75 read the last three best together. The network is shown the middle of the crop
 * alone (`view` of its configuration).
 */
export const FACE_SPAN = 0.75
export const FACE_MIDDLE_Y = 0.575

function at(points: readonly Point[], index: number): Point {
  const point = points[index]
  if (point === undefined)
    throw new RangeError(`a face has ${POINTS_PER_FACE} points, this one lacks ${index}`)
  return point
}

function middle(points: readonly Point[], [a, b]: readonly [number, number]): Point {
  const p = at(points, a)
  const q = at(points, b)
  return { x: (p.x + q.x) / 2, y: (p.y + q.y) / 2, z: (p.z + q.z) / 2 }
}

function distance(p: Point, q: Point): number {
  return Math.hypot(p.x - q.x, p.y - q.y, p.z - q.z)
}

/**
 * The square to cut. Eyes become level; its size follows distances in space, so that a turned head is not enlarged.
 * @param points the facial points in pixels
 */
export function cropSquare(points: readonly Point[]): CropSquare {
  const left = middle(points, LEFT_EYE)
  const right = middle(points, RIGHT_EYE)
  const mouth = middle(points, MOUTH)
  const eyes = { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2, z: (left.z + right.z) / 2 }
  const angle = Math.atan2(right.y - left.y, right.x - left.x)
  const side = (distance(left, right) + distance(eyes, mouth)) / FACE_SPAN
  const shift = (0.5 - FACE_MIDDLE_Y) * side
  return {
    x: (eyes.x + mouth.x) / 2 - Math.sin(angle) * shift,
    y: (eyes.y + mouth.y) / 2 + Math.cos(angle) * shift,
    side,
    angle,
  }
}

/** Whether a square reaches beyond a picture of this size. */
export function reachesBeyond(square: CropSquare, width: number, height: number): boolean {
  const half =
    (square.side / 2) * (Math.abs(Math.cos(square.angle)) + Math.abs(Math.sin(square.angle)))
  return square.x < half || square.y < half || square.x + half > width || square.y + half > height
}

/** The smallest upright rectangle around all points. */
export function boundingBox(points: readonly Point[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of points) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return { x: left, y: top, width: right - left, height: bottom - top }
}

const DEGREES = 180 / Math.PI

/**
 * Head pose from the landmarker's facial transformation: a 4×4 matrix, columns first, whose third column is where the
 * face points in camera space (x right, y up, z towards the camera).
 */
export function headPose(matrix: readonly number[]): HeadPose {
  const [x = 0, y = 0, z = 1] = matrix.slice(8, 11)
  return { yaw: Math.atan2(x, z) * DEGREES, pitch: Math.atan2(-y, Math.hypot(x, z)) * DEGREES }
}

/**
 * How far the eyes are open: height over width, the mean of both eyes (about 0.3 open, under 0.12 closed; it differs
 * from person to person).
 */
export function eyeOpenness(points: readonly Point[]): number {
  return (lidRatio(points, LEFT_LIDS) + lidRatio(points, RIGHT_LIDS)) / 2
}

function lidRatio(
  points: readonly Point[],
  lids: readonly [number, number, number, number, number, number],
): number {
  const [outer, inner, upper1, lower1, upper2, lower2] = lids
  const width = distance(at(points, outer), at(points, inner))
  const height =
    distance(at(points, upper1), at(points, lower1)) +
    distance(at(points, upper2), at(points, lower2))
  return width > 0 ? height / (2 * width) : 0
}
