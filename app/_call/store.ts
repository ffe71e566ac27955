/**
 * A store is one immutable snapshot that people can watch: the bridge between the engine and
 * whatever draws it (`getState` and `subscribe` fit React's `useSyncExternalStore`). A snapshot is
 * never changed in place, and a listener that throws never stops the others.
 */

export type ReadableStore<State> = {
  /** The newest snapshot; the same object until something changed. */
  readonly getState: () => State
  /** Calls `listener` after every change; answers a function that ends it. */
  readonly subscribe: (listener: () => void) => () => void
}

export type Store<State> = ReadableStore<State> & {
  /** Merges `patch` into a new snapshot; nothing happens when every field is the same already. */
  patch(patch: Partial<State>): void
  /** Replaces the snapshot by what `change` answers for it. */
  update(change: (state: State) => State): void
}

/** Makes a store that begins with `initial`. */
export function createStore<State extends object>(initial: State): Store<State> {
  let state = initial
  const listeners = new Set<() => void>()

  function set(next: State): void {
    if (next === state) return
    state = next
    for (const listener of [...listeners]) {
      try {
        listener()
      } catch (error) {
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }

  return {
    getState: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    patch(patch) {
      const keys = Object.keys(patch) as (keyof State)[]
      if (keys.every((key) => Object.is(state[key], patch[key]))) return
      set({ ...state, ...patch })
    },
    update(change) {
      set(change(state))
    },
  }
}
