/** Runs tasks one after another, in the order in which they came; one that fails stops no other. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0

  /** Tasks that were added and have not ended. */
  get length(): number {
    return this.#waiting
  }

  /** Adds a task; settles as the task does. */
  async run<T>(task: () => Promise<T> | T): Promise<T> {
    this.#waiting += 1
    const result = this.#last.then(task).finally(() => {
      this.#waiting -= 1
    })
    this.#last = result.catch(ignoreHere)
    return await result
  }
}

/** The one who added the task hears of its failure; the queue goes on. */
function ignoreHere(): void {
  return undefined
}
