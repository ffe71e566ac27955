/**
 * The screen that this device shares: asked for, hinted, stopped here or by the browser's own
 * button. It outlives a cut connection, since whoever publishes it sends it anew. It must never
 * start by itself, and never keep a track that nobody sees is shared.
 */
import type { SignalingErrorCode } from '../../../sfu/protocol/index.ts'
import { CallError, type CallErrorCode, codeOf } from '../errors.ts'
import { createStore, type ReadableStore, type Store } from '../store.ts'
import { type Surface, surfaceOf } from './surface.ts'

/** What the picture is mostly: letters that must stay sharp, or motion that must stay smooth. */
export type ScreenHint = 'text' | 'motion'

export type ScreenShareState = {
  /** `asking` while the browser's own dialog is open. */
  phase: 'off' | 'asking' | 'on'
  track: MediaStreamTrack | null
  /** The sound of what is shared, where the person gave it along. */
  audioTrack: MediaStreamTrack | null
  /** What is shared; null while nothing is. */
  surface: Surface | null
  hint: ScreenHint
  /** Why the last attempt came to nothing, or the share was ended; null while nothing is wrong. */
  problem: string | null
}

/** Options that browsers know and TypeScript's library does not yet. */
type CaptureOptions = DisplayMediaStreamOptions & {
  selfBrowserSurface: 'exclude'
  surfaceSwitching: 'exclude'
  systemAudio: 'include'
}

/** The parts of `navigator.mediaDevices` that sharing uses; phones have no `getDisplayMedia`. */
export type DisplayPort = {
  getDisplayMedia?: (options?: DisplayMediaStreamOptions) => Promise<MediaStream>
  setCaptureHandleConfig?: (config: { handle: string; permittedOrigins: string[] }) => void
}

export type ScreenShareOptions = {
  devices: DisplayPort | undefined
  /** This page's origin: the only one that may learn of the handle. */
  origin: string
  /** A random string that no other page has. */
  handle: string
}

/** Letters are as sharp at ten frames a second; motion needs more. */
const FRAMES: Readonly<Record<ScreenHint, number>> = { text: 10, motion: 30 }

/** Codes after which media is built anew, and the share with it. */
const PASSING: ReadonlySet<string> = new Set<SignalingErrorCode>([
  'media-unavailable',
  'transport-unknown',
  'rate-limited',
  'internal',
])

const OFF = { phase: 'off', track: null, audioTrack: null, surface: null } as const

export class ScreenShare {
  readonly #devices: DisplayPort | undefined
  readonly #handle: string | null
  readonly #store: Store<ScreenShareState>
  /** Counts attempts, so that one that was overtaken is dropped. */
  #turn = 0

  constructor({ devices, origin, handle }: ScreenShareOptions) {
    this.#devices = devices
    this.#handle = devices?.setCaptureHandleConfig === undefined ? null : handle
    devices?.setCaptureHandleConfig?.({ handle, permittedOrigins: [origin] })
    this.#store = createStore<ScreenShareState>({ ...OFF, hint: 'text', problem: null })
  }

  get state(): ReadableStore<ScreenShareState> {
    return this.#store
  }

  /** Whether this browser can share a screen at all. */
  get supported(): boolean {
    return this.#devices?.getDisplayMedia !== undefined
  }

  /** Lets the person choose what to share. A dialog that is closed without a choice is no problem. */
  async start(hint: ScreenHint): Promise<void> {
    if (this.#devices?.getDisplayMedia === undefined) {
      this.#store.patch({ problem: 'screen-unsupported' satisfies CallErrorCode })
      return
    }
    this.#release()
    const turn = ++this.#turn
    this.#store.patch({ ...OFF, phase: 'asking', hint, problem: null })
    try {
      const stream = await this.#devices.getDisplayMedia(optionsFor(hint))
      if (turn === this.#turn) this.#take(stream, hint)
      else for (const track of stream.getTracks()) track.stop()
    } catch (error) {
      if (turn === this.#turn) this.#store.patch({ ...OFF, problem: problemOf(error) })
    }
  }

  /** Says anew what the picture is, while it is shared. */
  setHint(hint: ScreenHint): void {
    const { track } = this.#store.getState()
    if (track !== null) {
      applyHint(track, hint)
      // What the browser cannot do now it leaves as it is.
      track.applyConstraints({ frameRate: FRAMES[hint] }).catch(() => undefined)
    }
    this.#store.patch({ hint })
  }

  /** Ends the share. */
  stop(): void {
    this.#end(null)
  }

  /** The media server did not take it: ends the share, unless another try may do better. */
  refused(error: unknown): void {
    const code = codeOf(error)
    if (!PASSING.has(code)) this.#end(code)
  }

  #take(stream: MediaStream, hint: ScreenHint): void {
    const [track] = stream.getVideoTracks()
    const [audioTrack] = stream.getAudioTracks()
    if (track === undefined) {
      for (const other of stream.getTracks()) other.stop()
      this.#store.patch({ ...OFF, problem: 'screen-unavailable' satisfies CallErrorCode })
      return
    }
    applyHint(track, hint)
    // The browser's own "Stop sharing", or a window that was closed.
    track.addEventListener('ended', () => {
      if (this.#store.getState().track === track) this.stop()
    })
    audioTrack?.addEventListener('ended', () => {
      if (this.#store.getState().audioTrack === audioTrack) this.#store.patch({ audioTrack: null })
    })
    // Some browsers let the person change over to another surface while sharing.
    track.addEventListener('configurationchange', () => {
      if (this.#store.getState().track === track) {
        this.#store.patch({ surface: surfaceOf(track, this.#handle) })
      }
    })
    this.#store.patch({
      phase: 'on',
      track,
      audioTrack: audioTrack ?? null,
      surface: surfaceOf(track, this.#handle),
    })
  }

  #end(problem: string | null): void {
    this.#turn += 1
    this.#release()
    this.#store.patch({ ...OFF, problem })
  }

  #release(): void {
    const { track, audioTrack } = this.#store.getState()
    track?.stop()
    audioTrack?.stop()
  }
}

function optionsFor(hint: ScreenHint): CaptureOptions {
  return {
    video: {
      width: { max: 1920 },
      height: { max: 1200 },
      frameRate: { ideal: FRAMES[hint], max: 30 },
    },
    audio: soundOfTheScreen(),
    // This very tab would show the class to itself, and the teacher's chart to the class.
    selfBrowserSurface: 'exclude',
    surfaceSwitching: 'exclude',
    systemAudio: 'include',
  }
}

/** Music and films as they are; `restrictOwnAudio` keeps the class's own voices out of it. */
function soundOfTheScreen(): MediaTrackConstraints & { restrictOwnAudio: boolean } {
  return {
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: false,
    restrictOwnAudio: true,
  }
}

function applyHint(track: MediaStreamTrack, hint: ScreenHint): void {
  track.contentHint = hint
}

/** What `getDisplayMedia` threw, as a code; null where the person simply chose nothing. */
function problemOf(error: unknown): string | null {
  if (error instanceof CallError) return codeOf(error)
  const name = error instanceof Error ? error.name : ''
  if (name === 'AbortError') return null
  if (name === 'NotAllowedError') {
    // Chrome says so of a system that forbids capture; a closed dialog says nothing of a system.
    const bySystem = error instanceof Error && /system/i.test(error.message)
    return bySystem ? ('screen-blocked' satisfies CallErrorCode) : null
  }
  return 'screen-unavailable' satisfies CallErrorCode
}
