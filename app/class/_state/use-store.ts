'use client'

/**
 * Lets a component draw what the engine observes. It must never copy a snapshot or change one.
 */
import { useSyncExternalStore } from 'react'
import type { ReadableStore } from '../../_call/index.ts'

/** The newest snapshot of a store; the component is drawn again when it changes. */
export function useStore<State>(store: ReadableStore<State>): State {
  return useSyncExternalStore(store.subscribe, store.getState, store.getState)
}
