/**
 * Looks into a video file along its length, in the browser's own player: one frame every half second or, of a long one,
 * 240 frames in all. It must never play sound and never keep a frame.
 */
import type { FaceReading, Reader } from '../../../_emotion/reader.ts'
import { FileProblem } from './problems.ts'

export interface Sample {
  /** Seconds from the start. */
  readonly at: number
  /** The largest face; null where none was seen. */
  readonly face: FaceReading | null
}

const STEP_SECONDS = 0.5
const MOST_SAMPLES = 240
const ANSWER_WITHIN_MS = 15_000
const LONGEST_SIDE = 960

/** The moments to look at: evenly, never the very end, where many players show nothing. */
export function sampleTimes(duration: number): readonly number[] {
  const count = Math.max(1, Math.min(MOST_SAMPLES, Math.floor(duration / STEP_SECONDS)))
  return Array.from({ length: count }, (_, index) => ((index + 0.5) * duration) / count)
}

export interface Sampling {
  readonly reader: Pick<Reader, 'analyzeImage'>
  readonly signal: AbortSignal
  readonly onSample: (sample: Sample, done: number, total: number) => void
}

/** Samples a file. @throws FileProblem, or the signal's reason */
export async function sampleVideo(file: Blob, sampling: Sampling): Promise<void> {
  const { reader, signal, onSample } = sampling
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  video.preload = 'auto'
  const url = URL.createObjectURL(file)
  try {
    video.src = url
    await wait(video, 'loadeddata', signal)
    if (video.videoWidth === 0) throw new FileProblem('video-without-picture')
    const times = sampleTimes(await durationOf(video, signal))
    for (const [index, at] of times.entries()) {
      signal.throwIfAborted()
      const seeked = wait(video, 'seeked', signal)
      video.currentTime = at
      await seeked
      const scale = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight))
      const bitmap = await createImageBitmap(video, {
        resizeWidth: Math.max(1, Math.round(video.videoWidth * scale)),
        resizeHeight: Math.max(1, Math.round(video.videoHeight * scale)),
      })
      const [face] = await reader.analyzeImage(bitmap, 3, 'quick')
      onSample({ at, face: face ?? null }, index + 1, times.length)
    }
  } finally {
    video.removeAttribute('src')
    video.load()
    URL.revokeObjectURL(url)
  }
}

/** Recordings of browsers do not say how long they are until they have been read to the end. */
async function durationOf(video: HTMLVideoElement, signal: AbortSignal): Promise<number> {
  if (Number.isFinite(video.duration)) return video.duration
  const known = wait(video, 'durationchange', signal)
  video.currentTime = Number.MAX_SAFE_INTEGER
  await known
  if (Number.isFinite(video.duration)) return video.duration
  await wait(video, 'seeked', signal)
  return Number.isFinite(video.duration) ? video.duration : video.currentTime
}

function wait(
  video: HTMLVideoElement,
  event: 'loadeddata' | 'seeked' | 'durationchange',
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = new AbortController()
    const listening = { signal: done.signal }
    const end = (settle: () => void) => (): void => {
      clearTimeout(timer)
      done.abort()
      settle()
    }
    const fail = end(() => {
      // Sound alone has no picture to wait for.
      const soundOnly = video.readyState >= HTMLMediaElement.HAVE_METADATA && video.videoWidth === 0
      reject(new FileProblem(soundOnly ? 'video-without-picture' : 'video-not-playable'))
    })
    const timer = setTimeout(fail, ANSWER_WITHIN_MS)
    video.addEventListener(event, end(resolve), listening)
    video.addEventListener('error', fail, listening)
    const stop = end(() => {
      reject(new DOMException('cancelled', 'AbortError'))
    })
    signal.addEventListener('abort', stop, listening)
  })
}
