'use client'

/**
 * Short messages that pass: something was copied, something in the background failed. They must
 * never hold what a person has to act on, nor be the only sign of a save (see saved-status.tsx). What
 * draws them is fetched with the first of them.
 */
import dynamic from 'next/dynamic'
import { useSyncExternalStore, type ReactNode } from 'react'

/** A message, and how it is meant; one of the same `id` takes the place of the other. */
export type Toast = { kind: 'message' | 'error' | 'success'; text: string; id: string | null }

export type ShowToast = (toast: Toast) => void

const ToastList = dynamic(async () => (await import('./toast-list.tsx')).ToastList, { ssr: false })

let waiting: readonly Toast[] = []
let show: ShowToast | null = null
const listeners = new Set<() => void>()

function say(toast: Toast): void {
  if (show !== null) {
    show(toast)
    return
  }
  waiting = [...waiting, toast]
  for (const listener of listeners) listener()
}

/** What draws is there, or gone again. */
function follow(shows: ShowToast | null): void {
  show = shows
  if (shows === null) return
  for (const toast of waiting) shows(toast)
  waiting = []
}

function saying(kind: Toast['kind']) {
  return (text: string, options: { id?: string } = {}): void => {
    say({ kind, text, id: options.id ?? null })
  }
}

/** Shows a message for a few seconds. */
export const toast = Object.assign(saying('message'), {
  error: saying('error'),
  success: saying('success'),
})

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function anySaid(): boolean {
  return show !== null || waiting.length > 0
}

/** Where toasts appear; once in the app. */
export function Toaster({ label }: { label: string }): ReactNode {
  const said = useSyncExternalStore(subscribe, anySaid, () => false)
  return said ? <ToastList label={label} onShow={follow} /> : null
}
