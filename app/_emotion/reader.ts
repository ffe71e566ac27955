/**
 * What a page sees of the analysis: a reader that looks at the very camera track that is being sent, on this device, in
 * a worker. It must never open a camera, never request a file under `/models/` before `load()`, never let a picture
 * leave the tab, and never make the call wait: frames are skipped before the call is.
 */
import { EmotionError } from './errors.ts'
import type { FaceReading, Reading } from './reading.ts'

export type { Box, Engagement, FaceReading, Quality, Reading } from './reading.ts'

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
  /** Where the model files are served; same origin. */
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
  /** Names the track being sent now, or null while video is stopped. A reading in progress becomes kind *none*. */
  setTrack(track: MediaStreamTrack | null): void
  /**
   * Takes one reading. A call while another reading is in progress shares that one. Kind *none* while the track is
   * absent, disabled, muted or ended, or gave no fresh frame.
   * @throws EmotionError `analysis-not-loaded`, `analysis-crashed`, `analysis-disposed`
   */
  read(burst?: Burst): Promise<Reading>
  /**
   * Reads every face of a picture, largest first; at most `maxFaces` (default 50). The bitmap is taken over and closed.
   * @throws EmotionError `analysis-not-loaded`, `analysis-crashed`, `analysis-disposed`, `picture-too-large`
   */
  analyzeImage(bitmap: ImageBitmap, maxFaces?: number): Promise<readonly FaceReading[]>
  /** Ends the worker and the clone of the track. Safe to call twice. */
  dispose(): void
}

/** Makes a reader; costs nothing until `load()`. */
export function createReader(options: ReaderOptions = {}): Reader {
  void options
  throw new EmotionError('analysis-unsupported')
}
