import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { COMMAND_NAMES, COMMANDS, type Focus, meaningOf, type Press } from './commands.ts'

const NOWHERE: Focus = { typing: false, onControl: false, inDialog: false }

function press(code: string, more: Partial<Press> = {}): Press {
  return { code, key: '', altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...more }
}

const anyPress = fc.record({
  code: fc.constantFrom('Space', 'Slash', 'Enter', ...Object.values(COMMANDS)),
  key: fc.constantFrom(' ', '?', 'm', 'a'),
  altKey: fc.boolean(),
  ctrlKey: fc.boolean(),
  metaKey: fc.boolean(),
  shiftKey: fc.boolean(),
})
const anyFocus = fc.record({
  typing: fc.boolean(),
  onControl: fc.boolean(),
  inDialog: fc.boolean(),
})

describe('meaningOf', () => {
  test('nothing while a person types, in a dialog, or with Control or Meta held', () => {
    fc.assert(
      fc.property(anyPress, anyFocus, (pressed, focus) => {
        const theirs = focus.typing || focus.inDialog || pressed.ctrlKey || pressed.metaKey
        if (theirs) expect(meaningOf(pressed, focus)).toBeNull()
      }),
    )
  })

  test('every single key but ? and Space is left to the page and to screen readers', () => {
    fc.assert(
      fc.property(anyPress, anyFocus, (pressed, focus) => {
        if (pressed.altKey) return
        expect([null, 'help', 'talk']).toContain(meaningOf(pressed, focus))
      }),
    )
  })

  test('each command has a key of its own, by its place on the keyboard', () => {
    expect(new Set(Object.values(COMMANDS)).size).toBe(COMMAND_NAMES.length)
    for (const command of COMMAND_NAMES) {
      // On a Mac the same key with Option writes another letter.
      const pressed = press(COMMANDS[command], { altKey: true, key: 'µ' })
      expect(meaningOf(pressed, NOWHERE)).toBe(command)
      expect(meaningOf({ ...pressed, shiftKey: true }, NOWHERE)).toBeNull()
    }
  })

  test('Space talks, but presses the control that has the focus', () => {
    expect(meaningOf(press('Space', { key: ' ' }), NOWHERE)).toBe('talk')
    expect(meaningOf(press('Space', { key: ' ' }), { ...NOWHERE, onControl: true })).toBeNull()
  })

  test('? asks for help, with Shift or without', () => {
    expect(meaningOf(press('Slash', { key: '?', shiftKey: true }), NOWHERE)).toBe('help')
    expect(meaningOf(press('Minus', { key: '?' }), NOWHERE)).toBe('help')
  })
})
