/**
 * The expression worker: loads landmarker and classifier, takes frames when a reading is wanted, and answers with
 * numbers. It must never send a picture, a crop or a facial point to anyone, and never request anything before `load`.
 */
import { NO_MEMORY, readBurst } from './burst.ts'
import { Classifier, loadClassifier } from './classifier.ts'
import { modelConfigSchema } from './config.ts'
import { fetchModel } from './weights.ts'
import { Cropper } from './crop.ts'
import { EmotionError } from './errors.ts'
import { FrameStream } from './frame-stream.ts'
import { FaceFinder } from './landmarker.ts'
import { Pipeline } from './pipeline.ts'
import { NO_READING } from './reading.ts'
import type { Frame } from './burst.ts'
import type { ModelConfig } from './config.ts'
import type { Answers, FrameAnswer, FromWorker, ToWorker } from './messages.ts'
import type { StageTimes } from './pipeline.ts'
import type { Effort, FaceReading, Reading } from './reading.ts'

/** A frame that does not come within this time is left out. */
const FRAME_TIMEOUT_MS = 600

/** The longest side at which a camera frame is read. */
const LONGEST_SIDE = 960

/** The largest picture, in pixels. */
const LARGEST_PICTURE = 50_000_000

interface Engine {
  readonly finder: FaceFinder
  readonly pipeline: Pipeline
  readonly unclearThreshold: number
}

let engine: Engine | null = null
let stream: FrameStream<VideoFrame> | null = null
let frameWanted: ((answer: FrameAnswer) => void) | null = null
let memory = NO_MEMORY
let stages: readonly StageTimes[] = []
/** Requests run one after another: landmarker and backend are one each. */
let line: Promise<unknown> = Promise.resolve()

function send(message: FromWorker): void {
  globalThis.postMessage(message)
}

function loaded(): Engine {
  if (engine === null) throw new EmotionError('analysis-not-loaded')
  return engine
}

async function readConfig(assets: string): Promise<ModelConfig> {
  const response = await fetch(`${assets}emotion/config.json`)
  if (!response.ok) throw new EmotionError('analysis-assets-missing')
  return modelConfigSchema.parse(await response.json())
}

async function loadModel(assets: string): Promise<Classifier> {
  const [config, model] = await Promise.all([readConfig(assets), fetchModel(`${assets}emotion/`)])
  return loadClassifier({ model, config, wasmPath: `${assets}tfjs/` })
}

async function load(assets: string): Promise<true> {
  if (engine !== null) return true
  const [finder, classifier] = await Promise.all([FaceFinder.create(assets), loadModel(assets)])
  const pipeline = new Pipeline(finder, new Cropper(), classifier, () => performance.now())
  engine = { finder, pipeline, unclearThreshold: classifier.config.unclearThreshold }
  return true
}

/** A camera frame at the size that it is read at. */
async function asBitmap(frame: VideoFrame): Promise<ImageBitmap> {
  const { displayWidth: width, displayHeight: height } = frame
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height))
  try {
    return scale === 1
      ? await createImageBitmap(frame)
      : await createImageBitmap(frame, {
          resizeWidth: Math.round(width * scale),
          resizeHeight: Math.round(height * scale),
          resizeQuality: 'medium',
        })
  } finally {
    frame.close()
  }
}

/** Asks the page whether the camera still runs, and takes a fresh frame. */
async function takeFrame(): Promise<ImageBitmap | 'stale' | 'stopped'> {
  const answer = await new Promise<FrameAnswer>((resolve) => {
    frameWanted = resolve
    send({ type: 'want-frame' })
  })
  if (answer.kind === 'bitmap') return answer.bitmap
  if (answer.kind !== 'stream') return answer.kind
  const frame = (await stream?.next(FRAME_TIMEOUT_MS)) ?? null
  return frame === null ? 'stale' : asBitmap(frame)
}

/** One burst. Frames that come too late for their turn are left out, so that a busy machine reads less, not longer. */
async function read(frames: number, spanMs: number): Promise<Reading> {
  const { pipeline, unclearThreshold } = loaded()
  const step = frames > 1 ? spanMs / (frames - 1) : 0
  const taken: Frame[] = []
  const times: StageTimes[] = []
  const started = performance.now()
  for (let turn = 0; turn < frames; turn += 1) {
    const late = performance.now() - started - turn * step
    if (turn > 0 && step > 0 && late > step) continue
    if (late < 0) await wait(-late)
    const picture = await takeFrame()
    if (picture === 'stopped') return NO_READING
    if (picture === 'stale') continue
    try {
      taken.push(await pipeline.readFrame(picture))
    } finally {
      picture.close()
    }
    times.push(pipeline.times)
  }
  stages = times
  const result = readBurst(taken, frames, memory, unclearThreshold)
  memory = result.memory
  return result.reading
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}

async function readImage(
  bitmap: ImageBitmap,
  maxFaces: number,
  effort: Effort,
): Promise<readonly FaceReading[]> {
  try {
    if (bitmap.width * bitmap.height > LARGEST_PICTURE) throw new EmotionError('picture-too-large')
    return await loaded().pipeline.readPicture(bitmap, maxFaces, effort)
  } finally {
    bitmap.close()
  }
}

function diagnose(loseContext: boolean): Promise<Answers['diagnostics']> {
  if (loseContext) loaded().finder.loseContext()
  const workMs = stages.reduce(
    (sum, { landmarks, crop, classify }) => sum + landmarks + crop + classify,
    0,
  )
  return Promise.resolve({ tensors: Classifier.tensors, stages, workMs })
}

function request(id: number, run: () => Promise<Answers[keyof Answers]>): void {
  const fallback = engine === null ? 'analysis-assets-missing' : 'analysis-crashed'
  line = line.then(run).then(
    (answer) => {
      send({ type: 'answer', id, answer })
    },
    (error: unknown) => {
      const code = error instanceof EmotionError ? error.code : fallback
      send({ type: 'refusal', id, code, detail: String(error) })
    },
  )
}

function takeStream(readable: ReadableStream<VideoFrame>): void {
  const former = stream
  stream = new FrameStream(readable)
  former?.close().catch((error: unknown) => {
    console.debug('close() [stream:former]', error)
  })
}

globalThis.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  switch (data.type) {
    case 'load':
      request(data.id, () => load(data.assets))
      break
    case 'stream':
      takeStream(data.readable)
      break
    case 'frame':
      frameWanted?.(data.answer)
      frameWanted = null
      break
    case 'read':
      request(data.id, () => read(data.frames, data.spanMs))
      break
    case 'image':
      request(data.id, () => readImage(data.bitmap, data.maxFaces, data.effort))
      break
    case 'diagnostics':
      request(data.id, () => diagnose(data.loseContext))
      break
  }
})
