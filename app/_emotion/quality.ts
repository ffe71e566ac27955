/**
 * Whether a face can be read at all, and if not why. The limits are those beyond which the model was seen to guess. It
 * must never judge a face by its shade: darkness is a lack of range in the picture, not a dark skin.
 */
import { QUALITY } from './reading.ts'
import type { HeadPose } from './geometry.ts'
import type { Light } from './light.ts'
import type { Quality } from './reading.ts'

/** What is known of one face in one frame before it is classified. */
export interface FaceLook {
  readonly pose: HeadPose
  /** Side of the square to cut, in pixels of the picture. */
  readonly side: number
  readonly light: Light
}

/** Limits of what can be read. */
export const LIMITS = {
  /** Degrees to either side. */
  yaw: 50,
  /** Degrees up or down. */
  pitch: 40,
  /** Pixels of the picture across the crop. */
  side: 31,
  /** Brightness that at least a twentieth of the face must reach, 0…255. */
  bright: 28,
  /** Brightness between the darkest and the brightest twentieth of the face. */
  range: 14,
  sharpness: 0.04,
} as const

/** Quality of one face in one frame; the first reason that holds, the most telling first. */
export function qualityOf(face: FaceLook): Quality {
  if (Math.abs(face.pose.yaw) > LIMITS.yaw || Math.abs(face.pose.pitch) > LIMITS.pitch)
    return QUALITY.turnedAway
  if (face.side < LIMITS.side) return QUALITY.tooSmall
  if (face.light.bright < LIMITS.bright || face.light.bright - face.light.dark < LIMITS.range)
    return QUALITY.tooDark
  return face.light.sharpness < LIMITS.sharpness ? QUALITY.blurred : QUALITY.good
}
