/**
 * Keeps an audio context at work whose sound others hear. A browser holds it back until the person has
 * pressed something, and a phone interrupts it; it is woken at every chance. It must never leave a
 * context still without saying so: what goes through it is silence then.
 */
import type { Timers } from '../../timers.ts'

/** What a person does that a browser takes for a sign of life; the beginning of a touch is none. */
const PRESSES = ['pointerup', 'touchend', 'click', 'keydown'] as const

/** Longer than a device takes to start, and shorter than a class waits for somebody to speak. */
export const STALL_MS = 4_000

type Listening = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>

export type KeepRunningOptions = {
  context: Listening & Pick<AudioContext, 'state' | 'resume'>
  /** Where presses are heard: the window. */
  presses: Listening
  /** Whether the page was pressed before; until it was, nobody can be in a class. */
  pressed: boolean
  timers: Timers
  /** Told once, when it stood still for too long; it is woken at every chance all the same. */
  onStalled: () => void
}

/** Watches a context until it closes; answers what ends that. */
export function keepRunning(options: KeepRunningOptions): () => void {
  const { context, presses, timers, onStalled } = options
  let { pressed } = options
  let callOff: (() => void) | null = null
  let stalled = false

  function wake(): void {
    if (context.state === 'closed') {
      stop()
      return
    }
    if (context.state === 'running') {
      pressed = true
      callOff?.()
      callOff = null
      return
    }
    if (pressed && !stalled) callOff ??= timers.after(STALL_MS, stall)
    // A refusal is no news: the next press tries again, and the clock runs.
    context.resume().catch(() => undefined)
  }

  function stall(): void {
    callOff = null
    stalled = true
    onStalled()
  }

  function press(): void {
    pressed = true
    wake()
  }

  function stop(): void {
    callOff?.()
    context.removeEventListener('statechange', wake)
    for (const name of PRESSES) presses.removeEventListener(name, press, { capture: true })
  }

  context.addEventListener('statechange', wake)
  for (const name of PRESSES) presses.addEventListener(name, press, { capture: true })
  wake()
  return stop
}
