/**
 * The expression worker in a real browser, before a real (if recorded) camera and the shipped model: what it reads, what
 * it leaves alone, and what it survives.
 */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import sharp from 'sharp'
import { openPage } from '../models/evaluation/browser/browser.ts'
import { PLAIN_FACES, cropOf } from '../models/evaluation/plain-faces.ts'
import { BEHAVIOUR, NO_READING, QUALITY, emotionOf } from '../app/_emotion/reading.ts'
import { webcamFile } from './support/faces.ts'
import type { OpenPage } from '../models/evaluation/browser/browser.ts'

const folder = fileURLToPath(new URL('support/reader/', import.meta.url))
const pictures = join(
  dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')),
  'demo',
)

/** A square of a sample picture. */
const squareOf = (sample: number, left: number, top: number, side: number) =>
  sharp(join(pictures, `sample${sample}.jpg`))
    .extract({ left, top, width: side, height: side })
    .png()
    .toBuffer()

/** The middle of each plain face's square. */
const middles = (part: number) =>
  PLAIN_FACES.map((face) => {
    const side = Math.round(face.side * part)
    const edge = Math.round((face.side - side) / 2)
    return cropOf({ ...face, left: face.left + edge, top: face.top + edge, side })
  })

/** What is shown besides the samples, numbered from here on. */
const TIGHT = 100
const NEAR = 200
const NOBODY = 300
/** Nothing but eyes, nose and mouth. */
const tightFaces = middles(0.65)
/** Faces as high as the frame. */
const nearFaces = middles(1)
/** A pale spot, a wrist with a watch, and somebody who leans in from the side: in a margin, the finder takes each for a face. */
const nobodies = [squareOf(1, 18, 927, 200), squareOf(4, 242, 816, 200), squareOf(2, 1515, 59, 300)]

let open: OpenPage
let modelRequests: string[]

test.beforeAll(async () => {
  const camera = await webcamFile(['laughing'])
  const picture = (index: number) =>
    tightFaces[index - TIGHT] ??
    nearFaces[index - NEAR] ??
    nobodies[index - NOBODY] ??
    readFile(join(pictures, `sample${index}.jpg`))
  open = await openPage(
    'reader.html',
    { picture },
    {
      folder,
      flags: [
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-video-capture=${camera}`,
      ],
    },
  )
  modelRequests = []
  open.page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/models/')) modelRequests.push(pathname)
  })
})

test.afterAll(() => open.close())

const read = () => open.page.evaluate(() => window.bench.reader().read())
const tensors = () =>
  open.page.evaluate(async () => (await window.bench.reader().diagnostics()).tensors)

test('requests nothing before it is loaded, and then reads the face before the camera', async () => {
  await open.page.evaluate(() => window.bench.open())
  expect(
    await open.page.evaluate(() =>
      window.bench
        .reader()
        .read()
        .catch((error: unknown) => error instanceof Error && 'code' in error && error.code),
    ),
  ).toBe('analysis-not-loaded')
  expect(modelRequests).toEqual([])
  await open.page.evaluate(() => window.bench.reader().load())
  expect(modelRequests).toContain('/models/emotion/model.json')
  expect(modelRequests).toContain('/models/face_landmarker.task')

  const reading = await read()
  expect(reading).toMatchObject({ kind: 'expression', quality: QUALITY.good, behaviour: 0 })
  expect(emotionOf(reading)).toBe('happy')
  expect((await read()).behaviour).toBe(BEHAVIOUR.faceSeenEarlier)
})

test('keeps no tensor, and shares a reading in progress', async () => {
  const before = await tensors()
  const [first, second] = await Promise.all([read(), read()])
  expect(second.probabilities).toEqual(first.probabilities)
  for (let turn = 0; turn < 4; turn += 1) await read()
  expect(await tensors()).toBe(before)
})

const setEnabled = (enabled: boolean) =>
  open.page.evaluate((value) => {
    window.bench.track().enabled = value
  }, enabled)

test('reads nothing while the camera is off, and never touches the track itself', async () => {
  const none = JSON.parse(JSON.stringify(NO_READING)) as typeof NO_READING
  await setEnabled(false)
  expect(await read()).toEqual(none)
  await setEnabled(true)
  expect((await read()).kind).toBe('expression')
  await open.page.evaluate(() => {
    window.bench.reader().setTrack(null)
  })
  expect(await read()).toEqual(none)
  await open.page.evaluate(() => {
    window.bench.reader().setTrack(window.bench.track())
  })
  expect((await read()).kind).toBe('expression')
})

test('stops within a burst when the camera does', async () => {
  const kind = await open.page.evaluate(async () => {
    const reading = window.bench.reader().read({ frames: 30, spanMs: 10_000 })
    window.bench.track().enabled = false
    return (await reading).kind
  })
  expect(kind).toBe('none')
  await setEnabled(true)
})

test('goes on reading after the graphics context was lost', async () => {
  // A landmarker with a lost context repeats its last answer: here, the face before the camera.
  const nobody = await open.page.evaluate(async () => {
    const canvas = new OffscreenCanvas(640, 480)
    canvas.getContext('2d')?.fillRect(0, 0, 640, 480)
    await window.bench.reader().diagnostics({ loseContext: true })
    return window.bench.reader().analyzeImage(canvas.transferToImageBitmap())
  })
  expect(nobody).toEqual([])
  expect(emotionOf(await read())).toBe('happy')
})

test('reads every face of a picture, largest first, and none where there is none', async () => {
  const faces = await open.page.evaluate(async () => {
    const picture = await createImageBitmap(await (await fetch('/picture/1')).blob())
    return window.bench.reader().analyzeImage(picture)
  })
  expect(faces).toHaveLength(3)
  const areas = faces.map(({ box }) => box.width * box.height)
  expect(areas).toEqual(areas.toSorted((a, b) => b - a))
  expect(faces.map(emotionOf)).toContain('happy')

  const nobody = await open.page.evaluate(async () => {
    const canvas = new OffscreenCanvas(640, 480)
    canvas.getContext('2d')?.fillRect(0, 0, 640, 480)
    return window.bench.reader().analyzeImage(canvas.transferToImageBitmap())
  })
  expect(nobody).toEqual([])
})

const facesOf = (number: number, effort: 'quick' | 'thorough') =>
  open.page.evaluate(
    async ([address, how]) => {
      const picture = await createImageBitmap(await (await fetch(address)).blob())
      return window.bench.reader().analyzeImage(picture, 1, how)
    },
    [`/picture/${number}`, effort] as const,
  )

test('finds the face that is all of its picture, and nothing that is only in its margin', async () => {
  for (const [index, { shows }] of PLAIN_FACES.entries()) {
    expect((await facesOf(TIGHT + index, 'thorough')).map(emotionOf)).toEqual([shows])
    expect((await facesOf(NEAR + index, 'quick')).map(emotionOf)).toEqual([shows])
  }
  for (const index of nobodies.keys()) expect(await facesOf(NOBODY + index, 'quick')).toEqual([])
})

test('reads a student who is so near that the frame cuts the face', async () => {
  const reading = await open.page.evaluate(
    async (address) => {
      const picture = await createImageBitmap(await (await fetch(address)).blob())
      const canvas = document.createElement('canvas')
      Object.assign(canvas, { width: 640, height: 480 })
      const g = canvas.getContext('2d')
      const draw = () => g?.drawImage(picture, 40, -40, 560, 560)
      const drawing = setInterval(draw, 50)
      const [track] = canvas.captureStream().getVideoTracks()
      window.bench.reader().setTrack(track ?? null)
      const near = await window.bench.reader().read()
      clearInterval(drawing)
      window.bench.reader().setTrack(window.bench.track())
      return near
    },
    `/picture/${NEAR + 1}`,
  )
  expect(reading).toMatchObject({ kind: 'expression', quality: QUALITY.good })
  expect(emotionOf(reading)).toBe('happy')
})

test('reads where frames cannot be streamed to a worker', async () => {
  const reading = await open.page.evaluate(async () => {
    Reflect.deleteProperty(globalThis, 'MediaStreamTrackProcessor')
    await window.bench.open()
    await window.bench.reader().load()
    return window.bench.reader().read()
  })
  expect(emotionOf(reading)).toBe('happy')
})

test('says so when its files are missing, ends for good, and leaves the camera running', async () => {
  const codes = await open.page.evaluate(async () => {
    const codeOf = (error: unknown) => error instanceof Error && 'code' in error && error.code
    const loaded = window.bench.reader()
    loaded.dispose()
    const afterEnd = await loaded.read().catch(codeOf)
    const live = window.bench.track().readyState
    await window.bench.open('/models/nowhere/')
    return [afterEnd, live, await window.bench.reader().load().catch(codeOf)]
  })
  expect(codes).toEqual(['analysis-disposed', 'live', 'analysis-assets-missing'])
})
