/**
 * Pictures that are nothing but a face, and frames of people near to their camera: they lack the surroundings that the
 * finder looks for, so they are looked at again with a margin around them. `models/EXPERIMENTS.md` has what its width
 * and colour are worth. Pure.
 */
import { overlapOf } from './tiles.ts'
import type { Box } from './reading.ts'

type Size = { readonly width: number; readonly height: number }

/** Parts of a picture's width and height by which it is widened on each side, in turn, until a face is found. */
export const MARGINS = [1, 1.5, 2] as const

/** The same for a camera's frame, once: a face as high as the frame is found by this one best. */
export const NEAR_MARGIN = 0.5

/** Of the shorter side, at least; whatever is smaller has its surroundings in the picture. */
const FILLING = 0.4

/** How far from the border the middle of a face must be, as a part of width and height. */
const EDGE = 0.2

/** Part of a face that must lie in the picture, not in the margin. */
const INSIDE = 0.3

const shorter = ({ width, height }: Size): number => Math.min(width, height)

/** Whether what was found in a widened picture is the face that fills it: not a pattern, nor a face that leans in. */
export function fillsPicture(box: Box, picture: Size): boolean {
  const { width, height } = picture
  const [x, y] = [(box.x + box.width / 2) / width, (box.y + box.height / 2) / height]
  return (
    shorter(box) >= FILLING * shorter(picture) &&
    [x, y].every((middle) => middle >= EDGE && middle <= 1 - EDGE) &&
    overlapOf(box, { x: 0, y: 0, width, height }) >= INSIDE * box.width * box.height
  )
}
