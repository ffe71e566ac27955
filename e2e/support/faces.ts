/**
 * Webcams for tests and the demo: YUV4MPEG2 files that Chromium plays as a camera, cut at run time from the sample
 * photographs of an installed package. It must never write a picture into the checkout: their rights are not ours.
 */
import { appendFile, mkdtemp, writeFile } from 'node:fs/promises'
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
  /** The one that is read with confidence as anything but happy. */
  dismayed: ['sample5.jpg', 460, 396, 480, 360],
} as const satisfies Record<string, readonly [string, number, number, number, number]>

/** Name of a face that a test can put before a camera. */
export type Face = keyof typeof FACES

const WIDTH = 640
const HEIGHT = 480
/** Enough to be read and to be seen moving: every frame is encoded three times, and decoded and drawn by everyone. */
export const FEW_FRAMES = 5
/** What a real camera gives, where a test is about how often it is read. */
export const CAMERA_FRAMES = 30

/** One face as a frame: luma, then both chroma planes at half the width and height (BT.601, limited range). */
async function frame(face: Face): Promise<Buffer> {
  const [file, left, top, width, height] = FACES[face]
  const rgb = await sharp(join(pictures, file))
    .extract({ left, top, width, height })
    .resize(WIDTH, HEIGHT)
    .removeAlpha()
    .raw()
    .toBuffer()
  const luma = Buffer.alloc(WIDTH * HEIGHT)
  const blue = Buffer.alloc(luma.length / 4)
  const red = Buffer.alloc(luma.length / 4)
  for (let at = 0; at < luma.length; at++) {
    const [r = 0, g = 0, b = 0] = rgb.subarray(at * 3, at * 3 + 3)
    luma[at] = 16 + 0.257 * r + 0.504 * g + 0.098 * b
    const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)]
    if (x % 2 === 1 || y % 2 === 1) continue
    const half = (y / 2) * (WIDTH / 2) + x / 2
    blue[half] = 128 - 0.148 * r - 0.291 * g + 0.439 * b
    red[half] = 128 + 0.439 * r - 0.368 * g - 0.071 * b
  }
  return Buffer.concat([Buffer.from('FRAME\n'), luma, blue, red])
}

/**
 * Writes a film that shows the faces in turn and starts over.
 * @param faces at least one
 * @param seconds how long each is shown
 * @param framesPerSecond of the camera
 * @returns path of the file, in a folder of its own under the temporary directory
 */
export async function webcamFile(
  faces: readonly Face[],
  seconds = 1,
  framesPerSecond = FEW_FRAMES,
): Promise<string> {
  const head = `YUV4MPEG2 W${String(WIDTH)} H${String(HEIGHT)} F${String(framesPerSecond)}:1 Ip A1:1 C420\n`
  const path = join(await mkdtemp(join(tmpdir(), 'attune-webcam-')), `${faces.join('-')}.y4m`)
  await writeFile(path, head)
  for (const face of faces) {
    const still = await frame(face)
    const count = Math.ceil(seconds * framesPerSecond)
    await appendFile(path, Buffer.concat(Array<Buffer>(count).fill(still)))
  }
  return path
}
