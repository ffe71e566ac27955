/**
 * Lets the own camera rest while nobody can see this page, where the class's rules say so: it stays
 * open and chosen, and what reads it reads on, but nothing of it is encoded or sent. Only for students
 * and guests, and never while they share a screen, since then another window is in front for the
 * class's sake. It must never stop or start a device, and never touch what the person chose.
 */
import type { Entry, Role } from '../../../sfu/protocol/index.ts'
import type { Call } from '../call.ts'
import { Emitter, type Listenable } from '../emitter.ts'
import type { ScreenShare } from '../screen/screen-share.ts'
import { browserTimers, type Timers } from '../timers.ts'

/** A glance at another tab is no reason to go: it costs everyone a new picture. */
const PATIENCE_MS = 5_000

export type VideoRestOptions = {
  call: Pick<Call, 'events' | 'setResting'>
  screen: Pick<ScreenShare, 'state'>
  timers?: Timers
}

export type VideoRestEvents = {
  /** The camera rested, and is sent again. */
  rested: object
}

export class VideoRest {
  readonly #options: VideoRestOptions
  readonly #timers: Timers
  readonly #events = new Emitter<VideoRestEvents>()
  #role: Role | null = null
  #allowed = false
  #hidden = false
  #resting = false
  #callOff: (() => void) | null = null

  constructor(options: VideoRestOptions) {
    this.#options = options
    this.#timers = options.timers ?? browserTimers
    const { call, screen } = options
    call.events.on('entering', ({ entry }: { entry: Entry }) => {
      this.#role = entry.role
      this.#allowed = entry.moderation.rules.restHiddenVideo
      this.#look()
    })
    call.events.on('notification', ({ notification, data }) => {
      if (notification !== 'rules') return
      this.#allowed = data.rules.restHiddenVideo
      this.#look()
    })
    screen.state.subscribe(() => {
      this.#look()
    })
  }

  get events(): Listenable<VideoRestEvents> {
    return this.#events
  }

  /** Whether the page can be seen nowhere. */
  setHidden(hidden: boolean): void {
    this.#hidden = hidden
    this.#look()
  }

  #look(): void {
    if (!this.#due()) {
      this.#callOff?.()
      this.#callOff = null
      this.#rest(false)
      return
    }
    this.#callOff ??= this.#timers.after(PATIENCE_MS, () => {
      this.#rest(true)
    })
  }

  #rest(resting: boolean): void {
    if (resting === this.#resting) return
    this.#resting = resting
    this.#options.call.setResting(resting)
    if (!resting) this.#events.emit('rested', {})
  }

  #due(): boolean {
    const shares = this.#options.screen.state.getState().track !== null
    return (
      this.#hidden && this.#allowed && this.#role !== 'teacher' && this.#role !== null && !shares
    )
  }
}
