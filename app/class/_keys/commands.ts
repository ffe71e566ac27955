/**
 * Which key does what in the room: pure, so that no key can surprise. A command needs a modifier, so
 * that it clashes neither with typing nor with the single keys of screen readers; the exceptions are
 * `?`, and Space where no control has it.
 */

/** Each presses (the chart: focuses) the control of this name that is on the page. */
export const COMMANDS = {
  microphone: 'KeyM',
  camera: 'KeyC',
  people: 'KeyP',
  chat: 'KeyT',
  hand: 'KeyR',
  share: 'KeyS',
  mood: 'KeyG',
  leave: 'KeyL',
} as const

export type Command = keyof typeof COMMANDS

export const COMMAND_NAMES: readonly Command[] = [
  'microphone',
  'camera',
  'people',
  'chat',
  'hand',
  'share',
  'mood',
  'leave',
]

/** The parts of a key press that matter. */
export type Press = {
  code: string
  key: string
  altKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
}

/** Where the focus is. */
export type Focus = {
  /** In a field that takes text, or a select. */
  typing: boolean
  /** On a control that Space presses, reached by keyboard. */
  onControl: boolean
  /** Inside an open dialog or menu. */
  inDialog: boolean
}

/** What a press means; null for nothing of ours. */
export function meaningOf(press: Press, focus: Focus): Command | 'help' | 'talk' | null {
  const { code, key, altKey, ctrlKey, metaKey, shiftKey } = press
  if (focus.typing || focus.inDialog || ctrlKey || metaKey) return null
  if (altKey) {
    if (shiftKey) return null
    return COMMAND_NAMES.find((command) => COMMANDS[command] === code) ?? null
  }
  if (key === '?') return 'help'
  return code === 'Space' && !shiftKey && !focus.onControl ? 'talk' : null
}
