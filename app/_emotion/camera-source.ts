/**
 * The page's end of the camera: a clone of the very track that is being sent, opened for a burst and closed soon after.
 * Where the browser has MediaStreamTrackProcessor the clone's frames go straight to the worker (so a hidden tab goes on
 * reading and the page does no work); elsewhere a video element shows the clone and single bitmaps of it are handed over.
 * It must never open a camera, never stop or change the original, and never give a frame while the original is disabled,
 * muted or ended.
 */
import type { FrameAnswer } from './messages.ts'

/** Lets go of the clone this long after the last frame was wanted. */
const IDLE_MS = 3_000

/** How often, and how long in all, the video element is looked at for a fresh frame. */
const LOOK_EVERY_MS = 40
const LOOK_FOR_MS = 600

interface TrackProcessor {
  readonly readable: ReadableStream<VideoFrame>
}

declare global {
  var MediaStreamTrackProcessor:
    (new (init: { track: MediaStreamTrack; maxBufferSize?: number }) => TrackProcessor) | undefined
}

type Opened =
  | { readonly kind: 'stream'; readonly clone: MediaStreamTrack }
  | {
      readonly kind: 'element'
      readonly clone: MediaStreamTrack
      readonly video: HTMLVideoElement
      shown: number
    }

type SendStream = (readable: ReadableStream<VideoFrame>) => void

/** True while a track delivers real pictures. */
function isLive(track: MediaStreamTrack | null): track is MediaStreamTrack {
  return track !== null && track.readyState === 'live' && track.enabled && !track.muted
}

/** One per reader. */
export class CameraSource {
  readonly #sendStream: SendStream
  #track: MediaStreamTrack | null = null
  #opened: Opened | null = null
  #idle: ReturnType<typeof setTimeout> | undefined

  /** @param sendStream hands a stream of frames over to the worker */
  constructor(sendStream: SendStream) {
    this.#sendStream = sendStream
  }

  setTrack(track: MediaStreamTrack | null): void {
    if (track === this.#track) return
    this.release()
    this.#track = track
  }

  /** Whether a burst is worth starting. */
  get live(): boolean {
    return isLive(this.#track)
  }

  /** Answers the worker's wish for a frame. */
  async frame(): Promise<FrameAnswer> {
    const track = this.#track
    if (!isLive(track)) {
      this.release()
      return { kind: 'stopped' }
    }
    const opened = (this.#opened ??= open(track, this.#sendStream))
    this.#keepForNow()
    if (opened.kind === 'stream') return { kind: 'stream' }
    const bitmap = await freshBitmap(opened)
    if (bitmap === null) return { kind: 'stale' }
    if (isLive(track) && track === this.#track) return { kind: 'bitmap', bitmap }
    bitmap.close()
    return { kind: 'stopped' }
  }

  /** Stops the clone; the original is left as it is. */
  release(): void {
    clearTimeout(this.#idle)
    const opened = this.#opened
    this.#opened = null
    opened?.clone.stop()
    if (opened?.kind === 'element') opened.video.srcObject = null
  }

  #keepForNow(): void {
    clearTimeout(this.#idle)
    this.#idle = setTimeout(() => {
      this.release()
    }, IDLE_MS)
  }
}

/** Clones the track and lets the clone's frames flow. */
function open(track: MediaStreamTrack, sendStream: SendStream): Opened {
  const clone = track.clone()
  if (globalThis.MediaStreamTrackProcessor !== undefined) {
    const processor = new globalThis.MediaStreamTrackProcessor({ track: clone, maxBufferSize: 1 })
    sendStream(processor.readable)
    return { kind: 'stream', clone }
  }
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  video.srcObject = new MediaStream([clone])
  // Not waited for: a video that does not play gives no fresh frame, and the reading says so.
  video.play().catch((error: unknown) => {
    console.debug('open() [video:not-playing]', error)
  })
  return { kind: 'element', clone, video, shown: 0 }
}

/** A bitmap of a frame that was not handed over before, or null when none came in time. */
async function freshBitmap(
  opened: Extract<Opened, { kind: 'element' }>,
): Promise<ImageBitmap | null> {
  const { video } = opened
  for (let waited = 0; waited <= LOOK_FOR_MS; waited += LOOK_EVERY_MS) {
    const shown = video.getVideoPlaybackQuality().totalVideoFrames
    if (shown > opened.shown && video.videoWidth > 0) {
      opened.shown = shown
      return createImageBitmap(video)
    }
    await new Promise((resolve) => {
      setTimeout(resolve, LOOK_EVERY_MS)
    })
  }
  return null
}
