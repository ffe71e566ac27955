/**
 * The queue behind the page: files one after another, each by its content, with progress, cancel and a message for
 * whatever is wrong with one, while the rest goes on. Framework-free; what opens, reads and samples is handed in. It
 * holds results in memory alone and must never send one.
 */
import { EmotionError } from '../../_emotion/errors.ts'
import type { FaceReading } from '../../_emotion/reader.ts'
import { QUALITY } from '../../_emotion/reading.ts'
import type { Opened } from './files/open-file.ts'
import { FileProblem, type Note, type Problem } from './files/problems.ts'
import type { Sample } from './files/sample-video.ts'
import type { Result } from './results/result.ts'

/** A batch takes so many files; the rest is said to be left out. */
export const MOST_FILES = 200

/** From so many faces on a picture is said to show a group, whose small faces tell little. */
export const MANY_FACES = 30

/** So many faces of one picture are read, the largest. */
export const MOST_FACES = 100

export interface Message {
  readonly id: string
  readonly file: string
  readonly code: Problem | Note
  readonly found: string
  readonly problem: boolean
}

export interface AnalyzerState {
  /** What is being done now; null while nothing is. */
  readonly progress: {
    readonly done: number
    readonly total: number
    readonly file: string
    /** How far the file itself is, as a fraction. */
    readonly part: number
    readonly loading: boolean
  } | null
  readonly messages: readonly Message[]
  readonly results: readonly Result[]
  /** Why nothing can be read, in words: the school does not allow it, the model did not load. */
  readonly failure: string | null
}

export interface AnalyzerDeps {
  /** Says that the analysis is used and loads it; rejects where it may not. */
  readonly begin: () => Promise<void>
  readonly open: (file: Blob) => Promise<Opened>
  readonly read: (bitmap: ImageBitmap) => Promise<{
    readonly faces: readonly FaceReading[]
    readonly preview: Blob
    readonly width: number
    readonly height: number
  }>
  readonly sample: (
    file: Blob,
    signal: AbortSignal,
    onSample: (sample: Sample, done: number, total: number) => void,
  ) => Promise<void>
  readonly now: () => number
}

export interface NamedFile {
  readonly name: string
  readonly blob: Blob
}

const IDLE: AnalyzerState = { progress: null, messages: [], results: [], failure: null }

export class Analyzer {
  readonly #deps: AnalyzerDeps
  readonly #listeners = new Set<() => void>()
  #state = IDLE
  #waiting: NamedFile[] = []
  #running: AbortController | null = null
  #done = 0
  #lastId = 0

  constructor(deps: AnalyzerDeps) {
    this.#deps = deps
  }

  readonly getState = (): AnalyzerState => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** Takes files; resolves when the queue is empty or cancelled. */
  async add(files: readonly NamedFile[]): Promise<void> {
    const room = Math.max(0, MOST_FILES - this.#waiting.length)
    this.#waiting.push(...files.slice(0, room))
    if (files.length > room) this.#say('', 'too-many-files', String(files.length - room), true)
    if (this.#running === null) await this.#run()
    else this.#progress({})
  }

  /** Drops what has not been read; what has been read stays. */
  cancel(): void {
    this.#waiting = []
    this.#running?.abort()
  }

  clear(): void {
    this.cancel()
    this.#set({ results: [], messages: [], failure: null })
  }

  /** Takes a result out of the list. */
  remove(id: string): void {
    this.#set({ results: this.#state.results.filter((result) => result.id !== id) })
  }

  dismiss(id: string): void {
    this.#set({ messages: this.#state.messages.filter((message) => message.id !== id) })
  }

  async #run(): Promise<void> {
    const running = new AbortController()
    this.#running = running
    this.#done = 0
    this.#set({ failure: null })
    this.#progress({ file: this.#waiting[0]?.name ?? '', part: 0, loading: true })
    try {
      await this.#deps.begin()
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
        this.#progress({ file: next.name, part: 0, loading: false }, 1)
        await this.#take(next, running.signal)
        this.#done += 1
      }
    } catch (error) {
      this.#waiting = []
      this.#set({ failure: error instanceof Error ? error.message : String(error) })
    } finally {
      this.#running = null
      this.#set({ progress: null })
    }
  }

  async #take({ name, blob }: NamedFile, signal: AbortSignal): Promise<void> {
    try {
      const opened = await this.#deps.open(blob)
      if (signal.aborted) return
      if (opened.kind === 'video') await this.#takeVideo(name, blob, signal)
      else await this.#takePicture(name, opened)
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof FileProblem) this.#say(name, error.code, error.found, true)
      else {
        const found = error instanceof EmotionError ? error.message : ''
        console.debug('take() [file:failed]', error)
        this.#say(name, 'analysis-failed', found, true)
      }
    }
  }

  async #takePicture(
    file: string,
    { bitmap, notes }: Extract<Opened, { kind: 'picture' }>,
  ): Promise<void> {
    const read = await this.#deps.read(bitmap)
    for (const note of notes) this.#say(file, note, '', false)
    const { length } = read.faces
    if (length === 0) this.#say(file, 'no-face', '', true)
    if (length >= MOST_FACES) this.#say(file, 'most-faces', String(length), false)
    else if (length >= MANY_FACES) this.#say(file, 'many-faces', String(length), false)
    const small = read.faces.filter(({ quality }) => quality === QUALITY.tooSmall).length
    if (small > 0 && length > 1) this.#say(file, 'small-faces', String(small), false)
    if (length > 0) this.#keep({ kind: 'picture', file, ...this.#stamp(), ...read })
  }

  async #takeVideo(file: string, blob: Blob, signal: AbortSignal): Promise<void> {
    const samples: Sample[] = []
    const stamp = this.#stamp()
    try {
      await this.#deps.sample(blob, signal, (sample, done, total) => {
        samples.push(sample)
        this.#progress({ part: done / total }, 1)
      })
    } finally {
      // What was seen before a cancel, or before a damaged part, is worth keeping.
      if (samples.some(({ face }) => face !== null)) {
        this.#keep({ kind: 'video', file, ...stamp, samples })
      }
    }
    if (samples.every(({ face }) => face === null)) throw new FileProblem('video-no-face')
  }

  #stamp(): { id: string; at: number } {
    this.#lastId += 1
    return { id: `r${this.#lastId}`, at: this.#deps.now() }
  }

  #keep(result: Result): void {
    this.#set({ results: [...this.#state.results, result] })
  }

  #say(file: string, code: Problem | Note, found: string, problem: boolean): void {
    this.#lastId += 1
    const message = { id: `m${this.#lastId}`, file, code, found, problem }
    this.#set({ messages: [...this.#state.messages, message] })
  }

  #progress(
    change: Partial<NonNullable<AnalyzerState['progress']>>,
    inWork = this.#state.progress?.loading === false ? 1 : 0,
  ): void {
    const before = this.#state.progress ?? { file: '', part: 0, loading: true }
    const total = this.#done + inWork + this.#waiting.length
    this.#set({ progress: { ...before, ...change, done: this.#done, total } })
  }

  #set(change: Partial<AnalyzerState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}
