/**
 * Faces and their points in one picture, by MediaPipe's face landmarker on the CPU. Every frame is looked at by itself
 * (readings are minutes apart, so there is nothing to track, and the largest face is chosen anew each time). The
 * landmarker reads pictures through WebGL, and with a lost WebGL context it repeats its last answer without a word: so it
 * gets a canvas of its own whose context is checked around every frame. It must never answer from a lost context.
 */
import { FaceLandmarker } from '@mediapipe/tasks-vision'
import { EmotionError } from './errors.ts'
import { boundingBox } from './geometry.ts'
import type { Point } from './geometry.ts'
import type { Box } from './reading.ts'

/** One face as found. */
export interface FoundFace {
  /** Facial points in pixels of the picture. */
  readonly points: readonly Point[]
  readonly box: Box
  /** 4×4 transformation of the head, columns first. */
  readonly matrix: readonly number[]
}

/** Faces looked at in a camera frame: enough to tell the student from people passing behind. */
export const CAMERA_FACES = 3

const CONFIDENCE = 0.5

interface Engine {
  readonly landmarker: FaceLandmarker
  readonly context: WebGL2RenderingContext
}

/** Finds faces. Make it with {@link FaceFinder.create}. */
export class FaceFinder {
  /** Address under which the landmarker's files are served, with a slash at its end. */
  readonly #assets: string
  #engine: Engine
  #maxFaces = CAMERA_FACES

  private constructor(assets: string, engine: Engine) {
    this.#assets = assets
    this.#engine = engine
  }

  /** @throws EmotionError `analysis-unsupported` without WebGL 2 in a worker; else what loading throws */
  static async create(assets: string): Promise<FaceFinder> {
    return new FaceFinder(assets, await startEngine(assets, CAMERA_FACES))
  }

  /**
   * All faces, the largest first.
   * @param image a picture that this call only reads
   * @throws EmotionError `analysis-crashed` when the WebGL context is lost again right after it was rebuilt
   */
  async find(
    image: ImageBitmap | OffscreenCanvas,
    maxFaces: number,
  ): Promise<readonly FoundFace[]> {
    if (maxFaces !== this.#maxFaces) {
      await this.#engine.landmarker.setOptions({ numFaces: maxFaces })
      this.#maxFaces = maxFaces
    }
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const found = this.#look(image)
      if (found !== null) return found
      this.#engine.landmarker.close()
      this.#engine = await startEngine(this.#assets, maxFaces)
    }
    throw new EmotionError('analysis-crashed')
  }

  /** Faces, or null when the context was lost before or during the look. */
  #look(image: ImageBitmap | OffscreenCanvas): readonly FoundFace[] | null {
    const { landmarker, context } = this.#engine
    if (context.isContextLost()) return null
    const result = landmarker.detect(image)
    if (context.isContextLost()) return null
    const faces = result.faceLandmarks.map((landmarks, index): FoundFace => {
      const points = landmarks.map(({ x, y, z }) => ({
        x: x * image.width,
        y: y * image.height,
        z: z * image.width,
      }))
      const matrix = result.facialTransformationMatrixes[index]?.data ?? []
      return { points, box: boundingBox(points), matrix }
    })
    return faces.sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height)
  }

  /** Loses the WebGL context on purpose, as a sleeping laptop does; for tests. */
  loseContext(): void {
    this.#engine.context.getExtension('WEBGL_lose_context')?.loseContext()
  }

  close(): void {
    this.#engine.landmarker.close()
  }
}

declare global {
  /** Where the landmarker looks for its wasm glue, and takes it away once used. */
  var ModuleFactory: unknown
}

let glue: Promise<unknown> | null = null

/**
 * Puts the wasm glue where the landmarker looks for it, which then imports none itself: its own import works neither in
 * a bundle nor, for a second start, in a module worker (a module runs once only).
 */
async function provideGlue(address: string): Promise<void> {
  glue ??= import(/* turbopackIgnore: true */ /* webpackIgnore: true */ address).then(
    () => globalThis.ModuleFactory,
  )
  globalThis.ModuleFactory = await glue
}

async function startEngine(assets: string, maxFaces: number): Promise<Engine> {
  if (typeof OffscreenCanvas === 'undefined' || typeof WebAssembly === 'undefined') {
    throw new EmotionError('analysis-unsupported')
  }
  if (new OffscreenCanvas(1, 1).getContext('webgl2') === null) {
    throw new EmotionError('analysis-unsupported')
  }
  await provideGlue(`${assets}vision/vision_wasm_module_internal.js`)
  const canvas = new OffscreenCanvas(1, 1)
  const landmarker = await FaceLandmarker.createFromOptions(
    {
      wasmLoaderPath: '',
      wasmBinaryPath: `${assets}vision/vision_wasm_module_internal.wasm`,
    },
    {
      baseOptions: { modelAssetPath: `${assets}face_landmarker.task`, delegate: 'CPU' },
      canvas,
      runningMode: 'IMAGE',
      numFaces: maxFaces,
      minFaceDetectionConfidence: CONFIDENCE,
      minFacePresenceConfidence: CONFIDENCE,
      outputFacialTransformationMatrixes: true,
    },
  )
  const context = canvas.getContext('webgl2')
  if (context === null) throw new EmotionError('analysis-unsupported')
  // The first look of all is slow; better while loading than in the first burst.
  const blank = new OffscreenCanvas(256, 256)
  blank.getContext('2d')
  landmarker.detect(blank)
  return { landmarker, context }
}
