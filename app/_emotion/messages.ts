/**
 * The words between the page's reader and its worker. Pictures go in; numbers alone come out.
 */
import type { EmotionErrorCode } from './errors.ts'
import type { StageTimes } from './pipeline.ts'
import type { Effort, FaceReading, Reading } from './reading.ts'

/** How the worker looks after a burst; for measurements and tests. */
export interface Diagnostics {
  /** Tensors alive in the classifier's backend; constant between readings. */
  readonly tensors: number
  /** Stages of each frame of the last burst. */
  readonly stages: readonly StageTimes[]
  /** Milliseconds of work in the last burst, waiting left out. */
  readonly workMs: number
}

/** What the page answers when the worker is ready for a frame. */
export type FrameAnswer =
  | { readonly kind: 'stream' }
  | { readonly kind: 'bitmap'; readonly bitmap: ImageBitmap }
  | { readonly kind: 'stale' }
  | { readonly kind: 'stopped' }

/** Page to worker. */
export type ToWorker =
  | { readonly type: 'load'; readonly id: number; readonly assets: string }
  | { readonly type: 'stream'; readonly readable: ReadableStream<VideoFrame> }
  | { readonly type: 'read'; readonly id: number; readonly frames: number; readonly spanMs: number }
  | { readonly type: 'frame'; readonly answer: FrameAnswer }
  | {
      readonly type: 'image'
      readonly id: number
      readonly bitmap: ImageBitmap
      readonly maxFaces: number
      readonly effort: Effort
    }
  | { readonly type: 'diagnostics'; readonly id: number; readonly loseContext: boolean }

/** What a request is answered with. */
export interface Answers {
  readonly load: true
  readonly read: Reading
  readonly image: readonly FaceReading[]
  readonly diagnostics: Diagnostics
}

/** Worker to page. */
export type FromWorker =
  | { readonly type: 'want-frame' }
  | { readonly type: 'answer'; readonly id: number; readonly answer: Answers[keyof Answers] }
  | {
      readonly type: 'refusal'
      readonly id: number
      readonly code: EmotionErrorCode
      readonly detail: string
    }
