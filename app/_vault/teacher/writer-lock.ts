/**
 * One writing tab on one device: a Web Lock, held from when the SFU names this member until it stops writing. A tab that
 * has to wait begins when the other lets go.
 */

/** The part of `navigator.locks` that is used. */
export interface Locks {
  request(
    name: string,
    options: { signal: AbortSignal },
    callback: () => Promise<void>,
  ): Promise<unknown>
}

export class WriterLock {
  readonly #locks: Locks
  readonly #name: string
  #abort: AbortController | null = null
  #letGo: () => void = () => undefined

  constructor(locks: Locks, name: string) {
    this.#locks = locks
    this.#name = name
  }

  /** Asks for the lock and calls `granted` once it is held; asking again while waiting or holding does nothing. */
  acquire(granted: () => void, report: (error: unknown) => void): void {
    if (this.#abort) return
    const abort = new AbortController()
    this.#abort = abort
    const hold = (): Promise<void> =>
      new Promise((resolve) => {
        this.#letGo = resolve
        granted()
      })
    this.#locks.request(this.#name, { signal: abort.signal }, hold).catch((error: unknown) => {
      if (!abort.signal.aborted) report(error)
    })
  }

  release(): void {
    this.#abort?.abort()
    this.#abort = null
    this.#letGo()
    this.#letGo = () => undefined
  }
}
