/**
 * Picture to faces: points, crop, quality, probabilities. What the worker runs for every frame and every picture. It
 * must never let a crop or a point out: only numbers about a face leave it.
 */
import { cropSquare, eyeOpenness, headPose } from './geometry.ts'
import { measureLight } from './light.ts'
import { qualityOf } from './quality.ts'
import { QUALITY, emotionOf } from './reading.ts'
import { engagementOf } from './engagement.ts'
import { CAMERA_FACES } from './landmarker.ts'
import type { FaceInFrame, Frame } from './burst.ts'
import type { Classifier } from './classifier.ts'
import type { Cropper, Picture } from './crop.ts'
import type { FaceFinder, FoundFace } from './landmarker.ts'
import type { FaceReading } from './reading.ts'

/** Milliseconds that each stage of the last frame took. */
export interface StageTimes {
  readonly landmarks: number
  readonly crop: number
  readonly classify: number
}

/** Part of each side by which a picture without a face is widened for a second look: tight crops have no margin. */
const MARGIN = 0.35

export class Pipeline {
  readonly #finder: FaceFinder
  readonly #cropper: Cropper
  readonly #classifier: Classifier
  readonly #now: () => number
  #times: StageTimes = { landmarks: 0, crop: 0, classify: 0 }

  constructor(finder: FaceFinder, cropper: Cropper, classifier: Classifier, now: () => number) {
    this.#finder = finder
    this.#cropper = cropper
    this.#classifier = classifier
    this.#now = now
  }

  /** Stage times of the last frame; of a picture, of its last face. */
  get times(): StageTimes {
    return this.#times
  }

  /** The largest face of a camera frame; classified when its quality allows it. */
  async readFrame(picture: Picture): Promise<Frame> {
    const started = this.#now()
    const [face] = await this.#finder.find(picture, CAMERA_FACES)
    this.#times = { landmarks: this.#now() - started, crop: 0, classify: 0 }
    return face === undefined ? null : this.#readFace(picture, face, false)
  }

  /** All faces of a picture, largest first. A picture that is nothing but a face is looked at again with a margin. */
  async readPicture(picture: Picture, maxFaces: number): Promise<readonly FaceReading[]> {
    const found = await this.#finder.find(picture, maxFaces)
    if (found.length > 0) return this.#readFaces(picture, found, 0, 0)
    const x = Math.round(picture.width * MARGIN)
    const y = Math.round(picture.height * MARGIN)
    const wide = new OffscreenCanvas(picture.width + 2 * x, picture.height + 2 * y)
    const g = wide.getContext('2d')
    if (g === null) return []
    g.fillStyle = 'rgb(128 128 128)'
    g.fillRect(0, 0, wide.width, wide.height)
    g.drawImage(picture, x, y)
    return this.#readFaces(picture, await this.#finder.find(wide, maxFaces), x, y)
  }

  async #readFaces(
    picture: Picture,
    found: readonly FoundFace[],
    left: number,
    top: number,
  ): Promise<readonly FaceReading[]> {
    const readings: FaceReading[] = []
    for (const { points, box, matrix } of found) {
      const face: FoundFace = {
        points: points.map((point) => ({ x: point.x - left, y: point.y - top, z: point.z })),
        box: { ...box, x: box.x - left, y: box.y - top },
        matrix,
      }
      const { probabilities, quality: look } = await this.#readFace(picture, face, true)
      const confidence = Math.max(...probabilities)
      const unsure = look === QUALITY.good && confidence < this.#classifier.config.unclearThreshold
      const quality = unsure ? QUALITY.lowConfidence : look
      const engagement = engagementOf(emotionOf({ probabilities, quality }), 0)
      readings.push({ box: face.box, probabilities, confidence, engagement, quality })
    }
    return readings
  }

  async #readFace(picture: Picture, face: FoundFace, always: boolean): Promise<FaceInFrame> {
    const started = this.#now()
    const square = cropSquare(face.points)
    const crop = this.#cropper.cut(picture, square)
    const pose = headPose(face.matrix)
    const light = measureLight(crop.data, crop.width)
    const quality = qualityOf({ pose, side: square.side, light })
    const cut = this.#now()
    const wanted = always || quality === QUALITY.good
    const probabilities = wanted
      ? await this.#classifier.classify({
          data: crop.data,
          width: crop.width,
          height: crop.height,
          channels: 4,
        })
      : []
    this.#times = {
      landmarks: this.#times.landmarks,
      crop: cut - started,
      classify: this.#now() - cut,
    }
    return { quality, pose, openness: eyeOpenness(face.points), probabilities }
  }
}
