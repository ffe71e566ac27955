/**
 * The page's line to its expression worker: requests and their answers, start, crash and restart. A worker that crashes
 * or hangs is ended and started anew at the next request. It must never leave a request without an answer.
 */
import { EmotionError } from './errors.ts'
import type { Answers, FrameAnswer, FromWorker, ToWorker } from './messages.ts'

/** A load that takes longer than this has failed. */
const LOAD_WITHIN_MS = 120_000

type Request = Extract<ToWorker, { id: number }>
type Asked<T extends Request['type']> = Omit<Extract<Request, { type: T }>, 'id'>

interface Pending {
  readonly resolve: (answer: Answers[keyof Answers]) => void
  readonly reject: (error: EmotionError) => void
  readonly timer: ReturnType<typeof setTimeout>
}

/** One per reader. */
export class WorkerLine {
  readonly #assets: string
  readonly #frame: () => Promise<FrameAnswer>
  readonly #onCrash: () => void
  readonly #pending = new Map<number, Pending>()
  #worker: Worker | null = null
  #loading: Promise<void> | null = null
  #wasLoaded = false
  #ended: EmotionError | null = null
  #lastId = 0

  /**
   * @param assets absolute address of the model files
   * @param frame answers the worker's wish for a frame
   * @param onCrash called when the worker is gone, so that its stream can be let go
   */
  constructor(assets: string, frame: () => Promise<FrameAnswer>, onCrash: () => void) {
    this.#assets = assets
    this.#frame = frame
    this.#onCrash = onCrash
  }

  /** Starts the worker and loads the models, once. */
  load(): Promise<void> {
    if (this.#ended !== null) return Promise.reject(this.#ended)
    this.#loading ??= this.#load()
    return this.#loading
  }

  /** Waits for the load that was asked for; starts it again after a crash. */
  restart(): Promise<void> {
    if (this.#ended !== null) return Promise.reject(this.#ended)
    if (this.#loading === null && !this.#wasLoaded) {
      return Promise.reject(new EmotionError('analysis-not-loaded'))
    }
    return this.load()
  }

  /** Sends a request and waits for its answer, at most `withinMs`. */
  ask<T extends Request['type']>(
    request: Asked<T> & { type: T },
    withinMs: number,
    transfer: Transferable[] = [],
  ): Promise<Answers[T]> {
    if (this.#ended !== null) return Promise.reject(this.#ended)
    const id = (this.#lastId += 1)
    return new Promise<Answers[T]>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#crash(new EmotionError('analysis-crashed', { cause: `no answer in ${withinMs} ms` }))
      }, withinMs)
      // The worker answers a request with what `Answers` says for its type.
      this.#pending.set(id, {
        resolve: (answer) => {
          resolve(answer as Answers[T])
        },
        reject,
        timer,
      })
      this.#worker?.postMessage({ ...request, id }, transfer)
    })
  }

  /** Sends a message that has no answer. */
  post(
    message: Extract<ToWorker, { type: 'stream' | 'frame' }>,
    transfer: Transferable[] = [],
  ): void {
    this.#worker?.postMessage(message, transfer)
  }

  /** Ends the worker for good; every open and later request is refused with `error`. */
  end(error: EmotionError): void {
    this.#ended ??= error
    this.#crash(error)
  }

  async #load(): Promise<void> {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    this.#worker = worker
    worker.addEventListener('message', (event: MessageEvent<FromWorker>) => {
      this.#take(event.data)
    })
    worker.addEventListener('error', (event) => {
      if (this.#worker === worker) {
        this.#crash(new EmotionError('analysis-crashed', { cause: event.message }))
      }
    })
    try {
      await this.ask({ type: 'load', assets: this.#assets }, LOAD_WITHIN_MS)
      this.#wasLoaded = true
    } catch (error) {
      if (this.#worker === worker)
        this.#crash(new EmotionError('analysis-crashed', { cause: error }))
      throw error
    }
  }

  #take(message: FromWorker): void {
    if (message.type === 'want-frame') {
      this.#answerFrame()
      return
    }
    const pending = this.#pending.get(message.id)
    this.#pending.delete(message.id)
    if (pending === undefined) return
    clearTimeout(pending.timer)
    if (message.type === 'answer') pending.resolve(message.answer)
    else pending.reject(new EmotionError(message.code, { cause: message.detail }))
  }

  #answerFrame(): void {
    this.#frame().then(
      (answer) => {
        this.post({ type: 'frame', answer }, answer.kind === 'bitmap' ? [answer.bitmap] : [])
      },
      // A camera that cannot be opened gives no picture; the reading says so.
      () => {
        this.post({ type: 'frame', answer: { kind: 'stopped' } })
      },
    )
  }

  #crash(error: EmotionError): void {
    this.#worker?.terminate()
    this.#worker = null
    this.#loading = null
    const open = [...this.#pending.values()]
    this.#pending.clear()
    for (const { reject, timer } of open) {
      clearTimeout(timer)
      reject(error)
    }
    this.#onCrash()
  }
}
