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

/** One face: the picture, left, top and side of the square around it in pixels, how it leans, and what it shows. */
export interface PlainFace {
  readonly file: string
  readonly left: number
  readonly top: number
  readonly side: number
  /** Degrees clockwise from its left eye to its right one; it is levelled by them, as the product levels faces. */
  readonly tilt: number
  readonly shows: EmotionName
}

const face = (
  file: string,
  left: number,
  top: number,
  side: number,
  shows: EmotionName,
  tilt = 0,
): PlainFace => ({ file, left, top, side, tilt, shows })

/** Laughing and smiling faces (the package has none that is plainly anything else). */
export const PLAIN_FACES: readonly PlainFace[] = [
  face('sample3.jpg', 1085, 270, 220, 'happy'),
  face('sample3.jpg', 1475, 370, 210, 'happy'),
  face('sample4.jpg', 1270, 195, 200, 'happy'),
  face('sample6.jpg', 665, 430, 230, 'happy'),
  face('sample1.jpg', 1440, 200, 250, 'happy', 43),
]

/** The square around a face, levelled, as a PNG (no decoder may read it in its own way). */
export async function cropOf({ file, left, top, side, tilt }: PlainFace): Promise<Buffer> {
  // Turned with so much around it that the corners of the square are filled.
  const edge = Math.ceil(side / 4)
  const around = { left: left - edge, top: top - edge, width: side + 2 * edge }
  const turned = await sharp(join(SAMPLES, file))
    .extract({ ...around, height: around.width })
    .rotate(-tilt)
    .png()
    .toBuffer({ resolveWithObject: true })
  const start = Math.round((turned.info.width - side) / 2)
  return sharp(turned.data)
    .extract({ left: start, top: start, width: side, height: side })
    .png()
    .toBuffer()
}
