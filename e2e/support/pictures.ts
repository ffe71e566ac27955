/**
 * Files for the page that reads pictures: cut, damaged and put together at run time from the sample photographs of an
 * installed package, and recordings made by the very browser under test. It must never write a picture into the
 * checkout: their rights are not ours.
 */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Page } from '@playwright/test'
import sharp, { type Sharp } from 'sharp'

const samples = join(
  dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')),
  'demo',
)

/** One of the six photographs, by its number. */
export const sample = (number: number): Promise<Buffer> =>
  readFile(join(samples, `sample${String(number)}.jpg`))

/** A file as a person chooses it. */
export interface TestFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

export const file = (name: string, buffer: Buffer, mimeType = 'image/jpeg'): TestFile => ({
  name,
  mimeType,
  buffer,
})

/** A smiling face with what is around it, 560 × 420. */
export async function oneFace(): Promise<Buffer> {
  return sharp(await sample(3))
    .extract({ left: 1290, top: 170, width: 560, height: 420 })
    .jpeg({ quality: 90 })
    .toBuffer()
}

/** A picture with a face that cannot be read: which one of it, and what the page says of it. */
export async function unclearFaces(): Promise<readonly (readonly [TestFile, number, RegExp])[]> {
  const face = await oneFace()
  const jpeg = (picture: Sharp): Promise<Buffer> => picture.jpeg({ quality: 92 }).toBuffer()
  return [
    [file('dark.jpg', await jpeg(sharp(face).linear(0.1, 0))), 1, /too dark/],
    [file('blurred.jpg', await jpeg(sharp(face).blur(14))), 1, /blurred/],
    [file('turned.jpg', await sample(4)), 4, /turned too far away/],
    [file('small.jpg', await jpeg(sharp(face).resize(64, 48))), 1, /too small/],
  ]
}

const BLANK = { width: 640, height: 480, channels: 3, background: '#777' } as const

/** Every kind of file that is wrong or odd, with what its alert says, and whether it is read all the same. */
export async function oddFiles(): Promise<readonly (readonly [TestFile, RegExp, boolean])[]> {
  const face = await oneFace()
  const turned = sharp(face).rotate(90).withMetadata({ orientation: 8 })
  const mirrored = await sharp(face).flop().toBuffer()
  const moving = await sharp([face, mirrored], { join: { animated: true } })
    .gif()
    .toBuffer()
  const wide = await sharp(face).toColourspace('rgb16').png().toBuffer()
  const print = await sharp(face).toColourspace('cmyk').jpeg().toBuffer()
  const huge = await sharp(face).resize(11_600, 8_700).jpeg({ quality: 60 }).toBuffer()
  const words = Buffer.from('this is not a picture at all'.repeat(50))
  const report = Buffer.from('%PDF-1.7\n%âãÏÓ\n'.repeat(20))
  const holes = Buffer.from(face)
  holes.fill(0, 200, 600)
  return [
    [file('text.jpg', words), /not a picture or a video/, false],
    [file('report.png', report, 'image/png'), /of type PDF/, false],
    [file('cut.jpg', face.subarray(0, face.length / 2)), /ends too early/, false],
    [file('zero.jpg', Buffer.alloc(0)), /zero bytes/, false],
    [file('holes.jpg', holes), /damaged and cannot be opened|part of the file is missing/, false],
    [file('moving.gif', moving, 'image/gif'), /first frame was read/, true],
    [file('deep.png', wide, 'image/png'), /16 bits a channel/, true],
    [file('print.jpg', print), /CMYK/, true],
    [file('turned.jpg', await turned.jpeg().toBuffer()), /set upright/, true],
    [file('huge.jpg', huge), /more than 24 megapixels/, true],
    [
      file('wall.jpg', await sharp({ create: BLANK }).jpeg().toBuffer()),
      /No face was found/,
      false,
    ],
  ]
}

/** Where each of these faces, with hair and shoulders, stands in the photographs: number, left, top and side. */
const HEADS = [
  [1, 1356, 120, 436],
  [1, 701, 330, 458],
  [2, 777, 156, 433],
  [3, 891, 94, 587],
  [3, 1306, 189, 550],
  [4, 1130, 69, 449],
  [4, 849, 105, 442],
  [5, 439, 326, 484],
  [6, 486, 216, 585],
  [6, 1302, 152, 576],
  [6, 96, 386, 530],
] as const

/** A picture of rows of people, one head beside the other. */
export async function crowd(width: number, count: number): Promise<Buffer> {
  const columns = count > 24 ? 10 : count > 12 ? 8 : 6
  const side = Math.floor(width / columns)
  const cut = async ([number, left, top, size]: (typeof HEADS)[number]): Promise<Buffer> =>
    sharp(await sample(number))
      .extract({ left, top, width: size, height: size })
      .resize(side, side)
      .toBuffer()
  const heads = await Promise.all(HEADS.map(cut))
  const people = Array.from({ length: count }, (_, index) => ({
    input: heads[index % heads.length],
    left: (index % columns) * side,
    top: Math.floor(index / columns) * side,
  }))
  const height = Math.ceil(count / columns) * side
  return sharp({ create: { width, height, channels: 3, background: '#6b7a86' } })
    .composite(people)
    .jpeg({ quality: 90 })
    .toBuffer()
}

/**
 * A recording that this very browser makes: each picture for so long, one after another, or sound alone.
 * @param pictures JPEGs; none records a tone without a picture
 */
export async function record(
  page: Page,
  pictures: readonly Buffer[],
  msEach: number,
): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ([jpegs, each]) => {
      const bitmaps = await Promise.all(
        jpegs.map((jpeg) => {
          const bytes = Uint8Array.from(atob(jpeg), (c) => c.charCodeAt(0))
          return createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }))
        }),
      )
      const canvas = Object.assign(document.createElement('canvas'), { width: 480, height: 360 })
      const audio = new AudioContext()
      const tone = audio.createOscillator()
      const out = audio.createMediaStreamDestination()
      tone.connect(out)
      tone.start()
      const recorder = new MediaRecorder(bitmaps.length > 0 ? canvas.captureStream(15) : out.stream)
      const parts: Blob[] = []
      recorder.ondataavailable = ({ data }) => parts.push(data)
      const stopped = new Promise((resolve) => {
        recorder.onstop = resolve
      })
      const started = performance.now()
      recorder.start()
      const frames = new Promise<void>((resolve) => {
        const draw = (): void => {
          const passed = performance.now() - started
          if (passed >= each * Math.max(1, bitmaps.length)) {
            resolve()
            return
          }
          const bitmap = bitmaps[Math.floor(passed / each)]
          if (bitmap) canvas.getContext('2d')?.drawImage(bitmap, (passed / 100) % 4, 0, 480, 360)
          setTimeout(draw, 40)
        }
        draw()
      })
      await frames
      recorder.stop()
      await stopped
      await audio.close()
      const whole = new Uint8Array(await new Blob(parts).arrayBuffer())
      let text = ''
      for (const byte of whole) text += String.fromCharCode(byte)
      return btoa(text)
    },
    [pictures.map((jpeg) => jpeg.toString('base64')), msEach] as const,
  )
  return Buffer.from(base64, 'base64')
}
