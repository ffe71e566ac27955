/**
 * What the keys of the room do, one after another: a command presses its control, and a muted person
 * talks while Space is held. It must never act on what a person types, and a microphone that it
 * opened it closes again, whatever happens.
 */
import type { LocalMedia } from '../../_call/index.ts'
import { type Command, type Focus, meaningOf, type Press } from './commands.ts'

/** A key that goes down or up; the browser's own events fit. */
export type KeyEvent = Press & {
  readonly repeat: boolean
  readonly defaultPrevented: boolean
  preventDefault(): void
}

/** Where the focus is, however it came there. */
export type FocusPlace = Pick<Focus, 'typing' | 'inDialog'> & { control: 'button' | 'other' | null }

type RoomKeyboardOptions = {
  localMedia: Pick<LocalMedia, 'state' | 'setMicrophone'>
  focus: () => FocusPlace
  /** Goes to the control of a command and presses it; false where the page has none. */
  run: (command: Command) => boolean
  onHelp: () => void
  /** Whether the person is heard only because Space is held. */
  onTalking: (talking: boolean) => void
}

export class RoomKeyboard {
  readonly #options: RoomKeyboardOptions
  /** Whether the focus was walked to, key by key; else the person is not at what has it. */
  #walked = true
  /** `idle`: held by one who was heard before, and stays so. */
  #space: 'up' | 'idle' | 'talking' = 'up'
  #stopWatching: (() => void) | null = null

  constructor(options: RoomKeyboardOptions) {
    this.#options = options
  }

  /** A key went down. */
  down(event: KeyEvent): void {
    if (event.key === 'Tab' || event.key.startsWith('Arrow')) this.#walked = true
    if (this.#space !== 'up' && event.code === 'Space') {
      event.preventDefault()
      return
    }
    if (event.repeat || event.defaultPrevented) return
    const meaning = meaningOf(event, this.#focus())
    if (meaning === null || !this.#act(meaning)) return
    event.preventDefault()
  }

  /** A key went up. */
  up(event: KeyEvent): void {
    if (event.code !== 'Space' || this.#space === 'up') return
    // Else a button that has the focus by pointer or by a command would be pressed again.
    event.preventDefault()
    this.release()
  }

  /** A pointer was pressed: what has the focus by it is not where the person is. */
  pointed(): void {
    this.#walked = false
  }

  /** Space was let go, or nobody would notice any more when it is. */
  release(): void {
    const opened = this.#space === 'talking'
    this.#space = 'up'
    this.#stopWatching?.()
    this.#stopWatching = null
    if (!opened) return
    void this.#options.localMedia.setMicrophone(false)
    this.#options.onTalking(false)
  }

  /** @returns whether it did anything */
  #act(meaning: Command | 'help' | 'talk'): boolean {
    if (meaning === 'talk') return this.#talk()
    if (meaning === 'help') {
      this.#options.onHelp()
      return true
    }
    if (!this.#options.run(meaning)) return false
    // The command brought the focus to its control; Space is still for talking.
    this.#walked = false
    return true
  }

  #talk(): boolean {
    const { localMedia } = this.#options
    const { wanted, track } = localMedia.state.getState().microphone
    if (track === null) return false
    this.#space = wanted ? 'idle' : 'talking'
    if (wanted) return true
    this.#stopWatching = localMedia.state.subscribe(this.#show)
    void localMedia.setMicrophone(true)
    this.#show()
    return true
  }

  /** Says what the microphone is, not what the key is: a rule or a teacher may have closed it. */
  readonly #show = (): void => {
    const { wanted, track } = this.#options.localMedia.state.getState().microphone
    this.#options.onTalking(wanted && track !== null)
  }

  #focus(): Focus {
    const { typing, inDialog, control } = this.#options.focus()
    const atIt = control === 'other' || (control === 'button' && this.#walked)
    return { typing, inDialog, onControl: atIt }
  }
}
