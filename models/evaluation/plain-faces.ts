/**
 * Faces whose expression no person would argue about, cut at run time from the sample pictures of a package that tests
 * install. It must never write a picture into the checkout: their rights are not ours.
 */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import type { EmotionName } from '../../app/_emotion/emotions.ts'

const SAMPLES = join(
  dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')),
  'demo',
)

/** One face: the picture, left, top and side of the square around it in pixels, and what it shows. */
export interface PlainFace {
  readonly file: string
  readonly left: number
  readonly top: number
  readonly side: number
  readonly shows: EmotionName
}

const face = (
  file: string,
  left: number,
  top: number,
  side: number,
  shows: EmotionName,
): PlainFace => ({ file, left, top, side, shows })

/** Laughing and smiling faces (the package has none that is plainly anything else). */
export const PLAIN_FACES: readonly PlainFace[] = [
  face('sample3.jpg', 1085, 270, 220, 'happy'),
  face('sample3.jpg', 1475, 370, 210, 'happy'),
  face('sample4.jpg', 1270, 195, 200, 'happy'),
  face('sample6.jpg', 665, 430, 230, 'happy'),
  face('sample1.jpg', 1440, 200, 250, 'happy'),
]

/** The square around a face, as a PNG (no decoder may read it in its own way). */
export const cropOf = ({ file, left, top, side }: PlainFace): Promise<Buffer> =>
  sharp(join(SAMPLES, file)).extract({ left, top, width: side, height: side }).png().toBuffer()
