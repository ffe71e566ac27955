/**
 * Webcams for tests and the demo: Motion-JPEG files that Chromium plays as a camera, cut at run time from the sample
 * photographs of an installed package. It must never write a picture into the checkout: their rights are not ours.
 */
import { mkdtemp, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import sharp from 'sharp'

const packageFile = createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')
const pictures = join(dirname(packageFile), 'demo')

/** One face each: picture, left, top, width and height in its pixels (4:3). */
const FACES = {
  smiling: ['sample3.jpg', 1290, 170, 560, 420],
  laughing: ['sample1.jpg', 1340, 120, 560, 420],
  calm: ['sample5.jpg', 660, 70, 480, 360],
  frowning: ['sample5.jpg', 250, 770, 640, 480],
  friendly: ['sample3.jpg', 960, 110, 560, 420],
} as const satisfies Record<string, readonly [string, number, number, number, number]>

/** Name of a face that a test can put before a camera. */
export type Face = keyof typeof FACES

/** JPEG of one face, 640 × 480. */
async function frame(face: Face): Promise<Buffer> {
  const [file, left, top, width, height] = FACES[face]
  return sharp(join(pictures, file))
    .extract({ left, top, width, height })
    .resize(640, 480)
    .jpeg({ quality: 88 })
    .toBuffer()
}

/**
 * Writes a Motion-JPEG file that shows the faces in turn and starts over.
 * @param faces at least one
 * @param seconds how long each is shown, at Chromium's 30 frames a second for such files
 * @returns path of the file, in a folder of its own under the temporary directory
 */
export async function webcamFile(faces: readonly Face[], seconds = 1): Promise<string> {
  const frames: Buffer[] = []
  for (const face of faces) {
    const jpeg = await frame(face)
    for (let n = 0; n < Math.ceil(seconds * 30); n++) frames.push(jpeg)
  }
  const path = join(await mkdtemp(join(tmpdir(), 'attune-webcam-')), `${faces.join('-')}.mjpeg`)
  await writeFile(path, Buffer.concat(frames))
  return path
}
