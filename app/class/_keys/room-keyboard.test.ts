import { describe, expect, test } from 'vitest'
import { createStore, LocalMedia, type LocalMediaState } from '../../_call/index.ts'
import { FakeTrack } from '../../_call/testing/fake-track.ts'
import type { Command } from './commands.ts'
import { controlOf } from './focus.ts'
import { type FocusPlace, type KeyEvent, RoomKeyboard } from './room-keyboard.ts'

/** A room with the microphone as given, and a keyboard before it. */
function room(microphone: { wanted: boolean; track?: MediaStreamTrack | null; mayOpen?: boolean }) {
  const { wanted, track = new FakeTrack('audio'), mayOpen = true } = microphone
  const absent = new LocalMedia({ devices: undefined }).state.getState()
  const state = createStore<LocalMediaState>({
    ...absent,
    microphone: { ...absent.microphone, wanted, track },
  })
  const setMicrophone = (on: boolean): Promise<void> => {
    state.update((media) => ({ ...media, microphone: { ...media.microphone, wanted: on } }))
    return Promise.resolve()
  }
  // As the rules of a class do it: what may not be on is off again at once.
  state.subscribe(() => {
    if (!mayOpen && state.getState().microphone.wanted) void setMicrophone(false)
  })
  const page: { focus: FocusPlace; ran: Command[]; talking: boolean } = {
    focus: { typing: false, inDialog: false, control: null },
    ran: [],
    talking: false,
  }
  const keyboard = new RoomKeyboard({
    localMedia: { state, setMicrophone },
    focus: () => page.focus,
    run: (command) => {
      page.ran.push(command)
      page.focus = { ...page.focus, control: 'button' }
      return true
    },
    onHelp: () => undefined,
    onTalking: (talking) => {
      page.talking = talking
    },
  })
  /** @returns whether the page is kept from acting on it as well */
  const send = (way: 'down' | 'up', code: string, more: Partial<KeyEvent> = {}): boolean => {
    let prevented = false
    keyboard[way]({
      code,
      key: '',
      altKey: false,
      ctrlKey: false,
      metaKey: false,
      shiftKey: false,
      repeat: false,
      defaultPrevented: false,
      ...more,
      preventDefault: () => {
        prevented = true
      },
    })
    return prevented
  }
  const isOpen = (): boolean => state.getState().microphone.wanted
  return { keyboard, page, send, isOpen, setMicrophone }
}

describe('Space', () => {
  test('talks for as long as it is held, however often the key repeats', () => {
    const { page, send, isOpen } = room({ wanted: false })
    expect(send('down', 'Space')).toBe(true)
    expect(send('down', 'Space', { repeat: true })).toBe(true)
    expect([isOpen(), page.talking]).toEqual([true, true])
    expect(send('up', 'Space')).toBe(true)
    expect([isOpen(), page.talking]).toEqual([false, false])
  })

  test('talks after a command, whose control has the focus, and does not press it', () => {
    const { page, send, isOpen } = room({ wanted: false })
    send('down', 'KeyM', { altKey: true })
    expect(page.ran).toEqual(['microphone'])
    expect(send('down', 'Space')).toBe(true)
    expect(isOpen()).toBe(true)
    expect(send('up', 'Space')).toBe(true)
    expect(isOpen()).toBe(false)
  })

  test('presses the button that was walked to, also after a command', () => {
    const { page, send, isOpen } = room({ wanted: false })
    send('down', 'KeyM', { altKey: true })
    send('down', 'Tab', { key: 'Tab' })
    expect(send('down', 'Space')).toBe(false)
    expect(send('up', 'Space')).toBe(false)
    expect([isOpen(), page.talking]).toEqual([false, false])
  })

  test('of one who is heard already neither mutes nor presses what a command left the focus at', () => {
    const { keyboard, page, send, isOpen } = room({ wanted: true })
    page.focus = { ...page.focus, control: 'button' }
    keyboard.pointed()
    expect(send('down', 'Space')).toBe(true)
    expect(page.talking).toBe(false)
    expect(send('up', 'Space')).toBe(true)
    expect(isOpen()).toBe(true)
  })

  test('does nothing where there is no microphone', () => {
    const { page, send } = room({ wanted: false, track: null })
    expect(send('down', 'Space')).toBe(false)
    expect(send('up', 'Space')).toBe(false)
    expect(page.talking).toBe(false)
  })

  test('never says that one is heard who may not unmute', () => {
    const { page, send, isOpen } = room({ wanted: false, mayOpen: false })
    send('down', 'Space')
    expect([isOpen(), page.talking]).toEqual([false, false])
  })

  test('says no longer that one is heard whom a teacher mutes meanwhile', async () => {
    const { page, send, isOpen, setMicrophone } = room({ wanted: false })
    send('down', 'Space')
    await setMicrophone(false)
    expect(page.talking).toBe(false)
    expect(send('up', 'Space')).toBe(true)
    expect([isOpen(), page.talking]).toEqual([false, false])
  })

  test('is let go where nobody would notice it', () => {
    const { keyboard, page, send, isOpen } = room({ wanted: false })
    send('down', 'Space')
    keyboard.release()
    expect([isOpen(), page.talking]).toEqual([false, false])
    expect(send('up', 'Space')).toBe(false)
  })
})

describe('controlOf', () => {
  const element = (tagName: string, attributes: Record<string, string> = {}) => ({
    tagName,
    getAttribute: (name: string) => attributes[name] ?? null,
    hasAttribute: (name: string) => name in attributes,
  })

  test('a panel that was just opened has the focus and is no control', () => {
    expect(controlOf(element('ASIDE', { tabindex: '-1', 'aria-label': 'People' }))).toBeNull()
    expect(controlOf(element('BODY'))).toBeNull()
  })

  test('controls of every kind are', () => {
    expect(controlOf(element('BUTTON', { tabindex: '-1' }))).toBe('button')
    expect(controlOf(element('A', { href: '/' }))).toBe('other')
    expect(controlOf(element('A'))).toBeNull()
    expect(controlOf(element('SUMMARY'))).toBe('other')
    expect(controlOf(element('VIDEO', { controls: '' }))).toBe('other')
    expect(controlOf(element('VIDEO'))).toBeNull()
    expect(controlOf(element('DIV', { tabindex: '0', role: 'region' }))).toBe('other')
  })
})
