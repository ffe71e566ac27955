/**
 * Expression analysis of one class on this device: fetched, started and ended by the person's
 * answer. Nothing of it is requested before `start()`, and nothing of it runs after `stop()`; it sees
 * only the camera track that is being sent.
 */
import type { Burst, Reader } from '../../_emotion/reader.ts'
import type { ExpressionReading } from '../../_vault/verbs.ts'
import type { Strain } from '../quality/strain.ts'
import type { AnalysisStatus } from './state.ts'

/** The part of `app/_emotion/reader.ts` that is used; fetched only once it is wanted. */
export type LoadReader = () => Promise<{
  createReader: (options: { track: MediaStreamTrack | null }) => CameraReader
}>

/** What is used of a reader. */
type CameraReader = Pick<Reader, 'load' | 'setTrack' | 'read' | 'dispose'>

export type AnalysisOptions = {
  loadReader: LoadReader
  onStatus: (status: AnalysisStatus) => void
  onError: (error: unknown) => void
}

/** Frames of a burst at each level of strain; null: the reader's own measure. */
const FRAMES_UNDER_STRAIN: Readonly<Record<Strain, number | null>> = { 0: null, 1: 3, 2: 2 }

/** One start of analysis; dropped by `stop()`, and by a failure. */
type Run = { reader: CameraReader | null; loaded: Promise<CameraReader | null> }

export class Analysis {
  readonly #options: AnalysisOptions
  #track: MediaStreamTrack | null = null
  #run: Run | null = null
  #strain: Strain = 0

  constructor(options: AnalysisOptions) {
    this.#options = options
  }

  /** Names the track being sent, or null while there is none. */
  setTrack(track: MediaStreamTrack | null): void {
    if (track === this.#track) return
    this.#track = track
    this.#run?.reader?.setTrack(track)
  }

  /** How far this machine is behind: the call comes first, and a burst is shorter. */
  setStrain(strain: Strain): void {
    this.#strain = strain
  }

  /** Loads what analysis needs. Does nothing while it is loading or running. */
  start(): void {
    if (this.#run !== null) return
    const run: Run = { reader: null, loaded: Promise.resolve(null) }
    this.#run = run
    this.#options.onStatus('loading')
    run.loaded = this.#load(run)
  }

  /** Ends analysis and lets go of everything. */
  stop(): void {
    this.#run?.reader?.dispose()
    this.#run = null
    this.#options.onStatus('off')
  }

  /**
   * One reading of the camera, once analysis is loaded; null when it does not run or failed.
   *
   * @param burst how long to look; the reader's own measure where it is not said
   */
  async read(burst?: Burst): Promise<ExpressionReading | null> {
    const run = this.#run
    const reader = await run?.loaded
    if (run === null || this.#run !== run || !reader) return null
    try {
      const frames = FRAMES_UNDER_STRAIN[this.#strain]
      return await reader.read(frames === null ? burst : shorter(burst, frames))
    } catch (error) {
      if (this.#run === run) this.#options.onError(error)
      return null
    }
  }

  async #load(run: Run): Promise<CameraReader | null> {
    try {
      const { createReader } = await this.#options.loadReader()
      if (this.#run !== run) return null
      const reader = createReader({ track: this.#track })
      run.reader = reader
      await reader.load()
      if (!this.#isCurrent(run)) return null
      this.#options.onStatus('on')
      return reader
    } catch (error) {
      if (!this.#isCurrent(run)) return null
      this.stop()
      this.#options.onStatus('failed')
      this.#options.onError(error)
      return null
    }
  }

  #isCurrent(run: Run): boolean {
    return this.#run === run
  }
}

/** The same look with fewer frames, in the second that a burst takes by itself. */
function shorter(burst: Burst | undefined, frames: number): Burst {
  return { spanMs: 1_000, ...burst, frames: Math.min(frames, burst?.frames ?? frames) }
}
