/**
 * Picture to faces: points, crop, quality, probabilities. What the worker runs for every frame and every picture. It
 * must never let a crop or a point out: only numbers about a face leave it.
 */
import { boundingBox, cropSquare, eyeOpenness, headPose } from './geometry.ts'
import { measureLight } from './light.ts'
import { qualityOf } from './quality.ts'
import { QUALITY, emotionOf } from './reading.ts'
import { engagementOf } from './engagement.ts'
import { CAMERA_FACES } from './landmarker.ts'
import { MARGINS, NEAR_MARGIN, fillsPicture } from './margins.ts'
import { mergeFaces, tilesOf } from './tiles.ts'
import type { FaceInFrame, Frame } from './burst.ts'
import type { Classifier } from './classifier.ts'
import type { Cropper, Picture } from './crop.ts'
import type { FaceFinder, FoundFace } from './landmarker.ts'
import type { Effort, FaceReading } from './reading.ts'

/** Milliseconds that each stage of the last frame took. */
export interface StageTimes {
  readonly landmarks: number
  readonly crop: number
  readonly classify: number
}

/** The longest side at which faces are searched, in pixels; crops are cut from the picture as it is. */
const SEARCH_SIDE = 1_600
/** The same for a look at a widened frame, since only large faces count there. */
const NEAR_SIDE = 800

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
    const [face] = await this.#glance(picture, CAMERA_FACES)
    this.#times = { landmarks: this.#now() - started, crop: 0, classify: 0 }
    return face === undefined ? null : this.#readFace(picture, face, false)
  }

  /** All faces of a picture, largest first. */
  async readPicture(
    picture: Picture,
    maxFaces: number,
    effort: Effort,
  ): Promise<readonly FaceReading[]> {
    if (effort === 'quick') {
      return this.#readFaces(picture, await this.#glance(picture, maxFaces))
    }
    const found = await this.#searchTiles(picture, maxFaces)
    if (found.length > 0) return this.#readFaces(picture, found.slice(0, maxFaces))
    for (const margin of MARGINS) {
      const inside = await this.#search(picture, margin, maxFaces)
      if (inside.length > 0) return this.#readFaces(picture, inside)
    }
    return []
  }

  /** Faces at one look; where there is none, that of a person too near to the camera to be found at once. */
  async #glance(picture: Picture, maxFaces: number): Promise<readonly FoundFace[]> {
    const found = await this.#finder.find(picture, maxFaces)
    if (found.length > 0) return found
    return this.#search(picture, NEAR_MARGIN, maxFaces, NEAR_SIDE)
  }

  /** Faces of the whole picture, and those that only a closer look into its parts finds. */
  async #searchTiles(picture: Picture, maxFaces: number): Promise<readonly FoundFace[]> {
    let found = await this.#search(picture, 0, maxFaces)
    for (const tile of tilesOf(picture.width, picture.height)) {
      const canvas = new OffscreenCanvas(tile.width, tile.height)
      const g = canvas.getContext('2d')
      if (g === null) break
      g.drawImage(picture, -tile.x, -tile.y)
      // Whoever is known already need not be found again, and makes room for those beside.
      g.fillStyle = 'rgb(128 128 128)'
      for (const { box } of found) {
        g.fillRect(box.x - tile.x, box.y - tile.y, box.width, box.height)
      }
      const inside = (await this.#search(canvas, 0, maxFaces)).map((face) =>
        shifted(face, tile.x, tile.y),
      )
      found = mergeFaces(found, inside, tile, picture)
    }
    return [...found].sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height)
  }

  /**
   * Faces of a picture that is shrunk to the size of a search and widened by a black margin; with one, only those that
   * fill the picture.
   */
  async #search(
    picture: Picture,
    margin: number,
    maxFaces: number,
    side = SEARCH_SIDE,
  ): Promise<readonly FoundFace[]> {
    const { width, height } = picture
    const scale = Math.min(1, side / (Math.max(width, height) * (1 + 2 * margin)))
    if (margin === 0 && scale === 1) return this.#finder.find(picture, maxFaces)
    const [left, top] = [Math.round(width * scale * margin), Math.round(height * scale * margin)]
    const [inner, down] = [Math.max(1, width * scale), Math.max(1, height * scale)]
    const canvas = new OffscreenCanvas(Math.ceil(inner + 2 * left), Math.ceil(down + 2 * top))
    const g = canvas.getContext('2d')
    if (g === null) return []
    g.imageSmoothingQuality = 'high'
    g.fillStyle = 'black'
    g.fillRect(0, 0, canvas.width, canvas.height)
    g.drawImage(picture, left, top, inner, down)
    const found = await this.#finder.find(canvas, maxFaces)
    const faces = found.map(({ points, matrix }) => {
      const back = points.map(({ x, y, z }) => ({
        x: (x - left) / scale,
        y: (y - top) / scale,
        z: z / scale,
      }))
      return { points: back, box: boundingBox(back), matrix }
    })
    return margin === 0 ? faces : faces.filter(({ box }) => fillsPicture(box, picture))
  }

  async #readFaces(picture: Picture, found: readonly FoundFace[]): Promise<readonly FaceReading[]> {
    const readings: FaceReading[] = []
    for (const face of found) {
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

/** A face of a part of a picture, in pixels of the whole. */
function shifted(face: FoundFace, left: number, top: number): FoundFace {
  const points = face.points.map(({ x, y, z }) => ({ x: x + left, y: y + top, z }))
  return { points, box: boundingBox(points), matrix: face.matrix }
}
