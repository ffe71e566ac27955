'use client'

/**
 * The state of saves on one page, for its one *Saved*. The word goes as soon as something new is
 * under way; it must never stay after a failure.
 */
import { useState } from 'react'
import type { SaveState } from '../saved-status.tsx'

export interface Saving {
  readonly state: SaveState
  /** Runs a save and rejects as it rejects. */
  readonly run: <Answer>(save: () => Promise<Answer>) => Promise<Answer>
  /** Something was changed and is not saved yet. */
  readonly forget: () => void
}

/** One for each page. */
export function useSaving(): Saving {
  const [state, setState] = useState<SaveState>('idle')
  return {
    state,
    run: async (save) => {
      setState('saving')
      try {
        const answer = await save()
        setState('saved')
        return answer
      } catch (cause) {
        setState('idle')
        throw cause
      }
    },
    forget: () => {
      setState('idle')
    },
  }
}
