/**
 * Typed events of the engine, for what happens rather than what is (that is the store's). A
 * listener that throws never stops the one who tells, nor the other listeners.
 */

export type Listenable<Events extends object> = {
  /** Calls `listener` on every such event; answers a function that ends it. */
  on<Name extends keyof Events>(name: Name, listener: (data: Events[Name]) => void): () => void
}

type Listeners<Events extends object> = {
  [Name in keyof Events]?: Set<(data: Events[Name]) => void>
}

export class Emitter<Events extends object> implements Listenable<Events> {
  readonly #listeners: Listeners<Events> = {}

  on<Name extends keyof Events>(name: Name, listener: (data: Events[Name]) => void): () => void {
    const listeners = (this.#listeners[name] ??= new Set())
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }

  emit<Name extends keyof Events>(name: Name, data: Events[Name]): void {
    for (const listener of [...(this.#listeners[name] ?? [])]) {
      try {
        listener(data)
      } catch (error) {
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }
}
