'use client'

/**
 * Listens to the keyboard for the room, and knows the page that the keys act upon. It must never
 * decide what a key means.
 */
import { useEffect, useState } from 'react'
import type { LocalMedia } from '../../_call/index.ts'
import { controlOf } from './focus.ts'
import { type FocusPlace, RoomKeyboard } from './room-keyboard.ts'

/** @returns whether the person is heard only because Space is held */
export function useKeys(options: {
  enabled: boolean
  localMedia: LocalMedia
  onHelp: () => void
}): boolean {
  const { enabled, localMedia, onHelp } = options
  const [talking, setTalking] = useState(false)

  useEffect(() => {
    if (!enabled) return
    const keyboard = new RoomKeyboard({
      localMedia,
      focus: focusPlace,
      run: (command) => {
        const control = document.querySelector<HTMLElement>(`[data-command=${command}]`)
        if (control === null) return false
        control.focus()
        if (command !== 'mood') control.click()
        return true
      },
      onHelp,
      onTalking: setTalking,
    })
    const ends = new AbortController()
    const { signal } = ends
    const release = (): void => {
      keyboard.release()
    }
    window.addEventListener(
      'keydown',
      (event) => {
        keyboard.down(event)
      },
      { signal },
    )
    window.addEventListener(
      'keyup',
      (event) => {
        keyboard.up(event)
      },
      { signal },
    )
    window.addEventListener(
      'pointerdown',
      () => {
        keyboard.pointed()
      },
      { signal },
    )
    window.addEventListener('blur', release, { signal })
    document.addEventListener('visibilitychange', release, { signal })
    return () => {
      ends.abort()
      keyboard.release()
    }
  }, [enabled, localMedia, onHelp])

  return talking
}

function focusPlace(): FocusPlace {
  const { activeElement } = document
  const element = activeElement instanceof HTMLElement ? activeElement : null
  return {
    typing:
      element !== null && (element.isContentEditable || element.matches('input, textarea, select')),
    control: element === null ? null : controlOf(element),
    inDialog: document.querySelector('[role=dialog], [role=alertdialog], [role=menu]') !== null,
  }
}
