/**
 * What a page sees of the analysis: a reader that looks at the very camera track that is being sent, on this device, in
 * a worker. It must never open a camera, never request a file under `/models/` before `load()`, never let a picture
 * leave the tab, and never make the call wait: frames are skipped before the call is.
 */
import { CameraSource } from './camera-source.ts'
import { EmotionError } from './errors.ts'
import { NO_READING } from './reading.ts'
import { WorkerLine } from './worker-line.ts'
import type { Diagnostics } from './messages.ts'
import type { Effort, FaceReading, Reading } from './reading.ts'

export type { Diagnostics } from './messages.ts'
export type { Box, Effort, Engagement, FaceReading, Quality, Reading } from './reading.ts'

/** How long to look for one reading. */
export interface Burst {
  /** Frames to read, 1–30. */
  readonly frames: number
  /** From the first frame to the last, in milliseconds, 0–10,000. */
  readonly spanMs: number
}

/** A burst that a blink does not decide. */
export const DEFAULT_BURST: Burst = { frames: 5, spanMs: 1_000 }

export interface ReaderOptions {
  /** The camera track being sent, or null while there is none. The reader clones it and never stops the original. */
  readonly track?: MediaStreamTrack | null
  /** Where the model files are served, with a slash at its end; same origin. */
  readonly assets?: string
}

/** Reads expressions from one camera or from pictures. One reader a class. */
export interface Reader {
  /**
   * Starts the worker and loads the models; the first thing that requests anything under `/models/`. Repeated calls
   * share one load; after a failure the next call tries again.
   * @throws EmotionError `analysis-assets-missing`, `analysis-unsupported`, `analysis-disposed`
   */
  load(): Promise<void>
  /** Names the track being sent now, or null while video is stopped: a reading in progress is then of kind *none*. */
  setTrack(track: MediaStreamTrack | null): void
  /**
   * Takes one reading. A call while another reading is in progress shares that one. Kind *none* while the track is
   * absent, disabled, muted or ended, or gave no fresh frame. After a crash of the worker it is started anew.
   * @throws EmotionError `analysis-not-loaded`, `analysis-crashed`, `analysis-disposed`
   */
  read(burst?: Burst): Promise<Reading>
  /**
   * Reads every face of a picture, largest first; at most `maxFaces` (default 100). The bitmap is taken over and closed.
   * @throws EmotionError `analysis-not-loaded`, `analysis-crashed`, `analysis-disposed`, `picture-too-large`
   */
  analyzeImage(
    bitmap: ImageBitmap,
    maxFaces?: number,
    effort?: Effort,
  ): Promise<readonly FaceReading[]>
  /** How the last reading went inside the worker; for measurements and tests. */
  diagnostics(options?: { readonly loseContext?: boolean }): Promise<Diagnostics>
  /** Ends the worker and the clone of the track. Safe to call twice. */
  dispose(): void
}

/** A worker that has not answered this long after a burst's end has hung. */
const HUNG_AFTER_MS = 20_000

const MOST_FACES = 100

class EmotionReader implements Reader {
  readonly #line: WorkerLine
  readonly #camera: CameraSource
  #reading: Promise<Reading> | null = null

  constructor({ track = null, assets = '/models/' }: ReaderOptions) {
    this.#camera = new CameraSource((readable) => {
      this.#line.post({ type: 'stream', readable }, [readable])
    })
    this.#camera.setTrack(track)
    this.#line = new WorkerLine(
      new URL(assets, globalThis.location.href).href,
      () => this.#camera.frame(),
      () => {
        this.#camera.release()
      },
    )
  }

  load(): Promise<void> {
    return this.#line.load()
  }

  setTrack(track: MediaStreamTrack | null): void {
    this.#camera.setTrack(track)
  }

  read(burst: Burst = DEFAULT_BURST): Promise<Reading> {
    this.#reading ??= this.#read(burst).finally(() => {
      this.#reading = null
    })
    return this.#reading
  }

  async #read({ frames, spanMs }: Burst): Promise<Reading> {
    if (
      !Number.isInteger(frames) ||
      frames < 1 ||
      frames > 30 ||
      !(spanMs >= 0 && spanMs <= 10_000)
    ) {
      throw new RangeError('a burst has 1–30 frames over 0–10,000 ms')
    }
    await this.#line.restart()
    if (!this.#camera.live) return NO_READING
    return this.#line.ask({ type: 'read', frames, spanMs }, spanMs + HUNG_AFTER_MS)
  }

  async analyzeImage(
    bitmap: ImageBitmap,
    maxFaces = MOST_FACES,
    effort: Effort = 'thorough',
  ): Promise<readonly FaceReading[]> {
    await this.#line.restart()
    const request = { type: 'image', bitmap, maxFaces, effort } as const
    return this.#line.ask(request, 3 * HUNG_AFTER_MS, [bitmap])
  }

  async diagnostics({ loseContext = false } = {}): Promise<Diagnostics> {
    await this.#line.restart()
    return this.#line.ask({ type: 'diagnostics', loseContext }, HUNG_AFTER_MS)
  }

  dispose(): void {
    this.#line.end(new EmotionError('analysis-disposed'))
    this.#camera.setTrack(null)
  }
}

/** Makes a reader; costs nothing until `load()`. */
export function createReader(options: ReaderOptions = {}): Reader {
  return new EmotionReader(options)
}
