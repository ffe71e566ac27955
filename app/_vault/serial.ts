/** Runs tasks one after another, so that what follows a wait finds the state that it left. */
export class SerialQueue {
  #tail: Promise<unknown> = Promise.resolve()

  /** Runs `task` when all earlier ones are done, whether they succeeded or not. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(task, task)
    // The queue goes on after a failure; whoever asked for the task hears of it by `result`.
    this.#tail = result.catch(() => undefined)
    return result
  }
}
