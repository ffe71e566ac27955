'use client'

/**
 * Whether the chart must not be seen now, since what this device shares may show it to the class. A
 * teacher who chose *Show anyway* chose it for this share alone.
 */
import { useState } from 'react'
import { mayShowThisPage, type ReadableStore, type ScreenShareState } from '../../_call/index.ts'
import { useStore } from '../_state/use-store.ts'

/** What this device shares, as far as the chart has to know. */
export type SharedScreen = { readonly state: ReadableStore<ScreenShareState> }

export interface Blanking {
  /** `asking` while the browser's dialog is open: what comes of it is not known yet. */
  blanked: 'asking' | 'shared' | null
  /** Shown although what is shared may show it. */
  anyway: boolean
  showAnyway: () => void
  hide: () => void
}

/** Follows what this device shares. */
export function useBlanking(screen: SharedScreen): Blanking {
  const { phase, surface, track } = useStore(screen.state)
  const [allowed, setAllowed] = useState<{
    track: MediaStreamTrack | null
    surface: string
  } | null>(null)
  const risky = phase === 'on' && (surface === null || mayShowThisPage(surface))
  const anyway =
    risky && allowed !== null && allowed.track === track && allowed.surface === String(surface)
  return {
    blanked: phase === 'asking' ? 'asking' : risky && !anyway ? 'shared' : null,
    anyway,
    showAnyway: () => {
      setAllowed({ track, surface: String(surface) })
    },
    hide: () => {
      setAllowed(null)
    },
  }
}
