/**
 * The loop of the live camera: open, show, read the newest frame, tell, and again, as fast as the worker answers. One
 * frame is in work at a time, so that a slow machine reads less often and never falls behind. It ends by its signal,
 * which closes the camera at once, whatever is still in work.
 */
import type { FaceReading, Reader } from '../../_emotion/reader.ts'

export interface LiveReading {
  readonly faces: readonly FaceReading[]
  /** Size of the picture that the boxes are in. */
  readonly width: number
  readonly height: number
  /** Readings in the last second or so, by the second. */
  readonly rate: number
  /** Of the last reading, from frame to answer. */
  readonly milliseconds: number
  /** A second has passed since the last such one: time to renew the words on the page. */
  readonly second: boolean
}

export interface Live {
  readonly video: HTMLVideoElement
  readonly begin: () => Promise<Reader>
  readonly signal: AbortSignal
  readonly now: () => number
  readonly onStart: () => void
  readonly onReading: (reading: LiveReading) => void
}

/** The longest side of what is read: faces before a camera are large. */
const SIDE = 640

const WORDS_EVERY_MS = 500

export async function runLive(live: Live): Promise<void> {
  const { video, signal, now } = live
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: 'user' },
  })
  const close = (): void => {
    for (const track of stream.getTracks()) track.stop()
    video.srcObject = null
  }
  signal.addEventListener('abort', close, { once: true })
  try {
    signal.throwIfAborted()
    video.srcObject = stream
    await video.play()
    const reader = await live.begin()
    signal.throwIfAborted()
    live.onStart()
    let since = now()
    let count = 0
    let rate = 0
    const stopped = (): boolean => signal.aborted
    while (!stopped()) {
      await nextFrame(video, signal)
      const started = now()
      const scale = Math.min(1, SIDE / Math.max(video.videoWidth, video.videoHeight))
      const width = Math.round(video.videoWidth * scale)
      const height = Math.round(video.videoHeight * scale)
      const bitmap = await createImageBitmap(video, { resizeWidth: width, resizeHeight: height })
      const faces = await reader.analyzeImage(bitmap, 3, 'quick')
      if (stopped()) break
      const ended = now()
      count += 1
      const second = ended - since >= WORDS_EVERY_MS
      if (second) {
        rate = (count * 1_000) / (ended - since)
        count = 0
        since = ended
      }
      live.onReading({ faces, width, height, rate, milliseconds: ended - started, second })
    }
  } finally {
    close()
  }
}

/** The next fresh frame of the camera, where the browser tells of them; else the next frame of the screen. */
function nextFrame(video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(new DOMException('stopped', 'AbortError'))
    }
    signal.addEventListener('abort', stop, { once: true })
    const done = (): void => {
      signal.removeEventListener('abort', stop)
      resolve()
    }
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(done)
    else requestAnimationFrame(done)
  })
}
