import { describe, expect, test } from 'vitest'
import type { Person } from '../state.ts'
import { type Focus, focusOf } from './focus.ts'

function person(memberId: string, options: { shares?: boolean; isSelf?: boolean } = {}): Person {
  const { shares = false, isSelf = false } = options
  const screen = { producerId: memberId, paused: false, track: null }
  return {
    memberId,
    accountId: memberId,
    name: memberId,
    role: 'student',
    connected: true,
    isSelf,
    feeds: shares ? { screen } : {},
  }
}

const camera = (memberId: string): Focus => ({ memberId, source: 'camera' })
const screen = (memberId: string): Focus => ({ memberId, source: 'screen' })
const none = { pin: null, spotlight: null }

describe('focusOf', () => {
  test('nobody shares: all stand side by side', () => {
    expect(focusOf([person('a'), person('b')], none, null)).toBeNull()
  })

  test('the own pin goes before the spotlight, and that before a screen', () => {
    const people = [person('a', { shares: true }), person('b'), person('c')]
    expect(focusOf(people, none, null)).toEqual(screen('a'))
    expect(focusOf(people, { pin: null, spotlight: camera('b') }, null)).toEqual(camera('b'))
    const both = { pin: camera('c'), spotlight: camera('b') }
    expect(focusOf(people, both, null)).toEqual(camera('c'))
  })

  test('wishes for what is gone are passed over', () => {
    const people = [person('a', { shares: true }), person('b')]
    const wishes = { pin: camera('gone'), spotlight: screen('b') }
    expect(focusOf(people, wishes, null)).toEqual(screen('a'))
  })

  test('a screen stays in front when another one comes, whatever the order', () => {
    const people = [person('a', { shares: true }), person('b', { shares: true })]
    expect(focusOf(people, none, screen('b'))).toEqual(screen('b'))
    expect(focusOf(people, none, screen('gone'))).toEqual(screen('a'))
  })

  test('the own screen is not put in front of oneself', () => {
    const people = [person('me', { shares: true, isSelf: true }), person('b')]
    expect(focusOf(people, none, null)).toBeNull()
    expect(focusOf(people, { pin: screen('me'), spotlight: null }, null)).toEqual(screen('me'))
  })
})
