/**
 * The newest frame of a camera stream, inside the worker. Frames that nobody waits for are closed as they come, so that
 * the camera never runs out of buffers and nothing old is ever read. It must never keep a frame open.
 */

/** Takes single fresh frames (`VideoFrame`, or whatever else has to be closed) out of a stream of them. */
export class FrameStream<Frame extends { close(): void }> {
  readonly #reader: ReadableStreamDefaultReader<Frame>
  #waiting: ((frame: Frame | null) => void) | null = null
  #ended = false

  constructor(readable: ReadableStream<Frame>) {
    this.#reader = readable.getReader()
    this.#pump().catch(() => {
      this.#end()
    })
  }

  /**
   * The next frame that arrives after this call; the caller closes it.
   * @param timeoutMs how long to wait
   * @returns null when none came, or the stream has ended
   */
  next(timeoutMs: number): Promise<Frame | null> {
    if (this.#ended || this.#waiting !== null) return Promise.resolve(null)
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting = null
        resolve(null)
      }, timeoutMs)
      this.#waiting = (frame) => {
        this.#waiting = null
        clearTimeout(timer)
        resolve(frame)
      }
    })
  }

  /** Lets go of the stream. */
  async close(): Promise<void> {
    this.#end()
    await this.#reader.cancel()
  }

  #end(): void {
    this.#ended = true
    this.#waiting?.(null)
  }

  async #pump(): Promise<void> {
    for (;;) {
      const { done, value } = await this.#reader.read()
      if (done) break
      if (this.#waiting === null || this.#ended) value.close()
      else this.#waiting(value)
    }
    this.#end()
  }
}
