'use client'

/**
 * Listens to the keyboard for the room: presses the control that a shortcut names, opens the help,
 * and lets a muted person talk while Space is held. It must never act on what a person types, and a
 * microphone that it opened it closes again, whatever happens.
 */
import { useEffect, useState } from 'react'
import type { LocalMedia } from '../../_call/index.ts'
import { type Focus, meaningOf } from './commands.ts'

const CONTROLS =
  'button, a[href], summary, input, select, textarea, video[controls], [role], [tabindex]'

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
    let held = false
    let byPointer = false

    function hush(): void {
      if (!held) return
      held = false
      setTalking(false)
      void localMedia.setMicrophone(false)
    }

    function down(event: KeyboardEvent): void {
      if (event.key === 'Tab' || event.key.startsWith('Arrow')) byPointer = false
      if (held && event.code === 'Space') {
        event.preventDefault()
        return
      }
      if (event.repeat || event.defaultPrevented) return
      const meaning = meaningOf(event, focusOf(byPointer))
      if (meaning === null) return
      if (meaning === 'talk') {
        const { wanted, track } = localMedia.state.getState().microphone
        if (track === null || wanted) return
        held = true
        setTalking(true)
        void localMedia.setMicrophone(true)
      } else if (meaning === 'help') onHelp()
      else {
        const control = document.querySelector<HTMLElement>(`[data-command=${meaning}]`)
        if (control === null) return
        control.focus()
        if (meaning !== 'mood') control.click()
      }
      event.preventDefault()
    }

    function up(event: KeyboardEvent): void {
      if (event.code !== 'Space' || !held) return
      // Else a button that was pressed by pointer would be pressed again.
      event.preventDefault()
      hush()
    }

    function point(): void {
      byPointer = true
    }

    window.addEventListener('keydown', down)
    window.addEventListener('keyup', up)
    window.addEventListener('blur', hush)
    window.addEventListener('pointerdown', point)
    document.addEventListener('visibilitychange', hush)
    return () => {
      window.removeEventListener('keydown', down)
      window.removeEventListener('keyup', up)
      window.removeEventListener('blur', hush)
      window.removeEventListener('pointerdown', point)
      document.removeEventListener('visibilitychange', hush)
      hush()
    }
  }, [enabled, localMedia, onHelp])

  return talking
}

/** A button that a pointer pressed keeps the focus, yet the person is not at it. */
function focusOf(byPointer: boolean): Focus {
  const { activeElement } = document
  const element = activeElement instanceof HTMLElement ? activeElement : null
  const typing =
    element !== null && (element.isContentEditable || element.matches('input, textarea, select'))
  const button = element?.matches('button') === true
  return {
    typing,
    onControl: element !== null && element.matches(CONTROLS) && !(button && byPointer),
    inDialog: document.querySelector('[role=dialog], [role=alertdialog], [role=menu]') !== null,
  }
}
