import { describe, expect, test } from 'vitest'
import {
  type ChatMessage,
  chatMessageSchema,
  entrySchema,
  type Notification,
} from '../../../sfu/protocol/index.ts'
import type { CallEvents } from '../call.ts'
import { Emitter } from '../emitter.ts'
import { type CallState, INITIAL_STATE, type Person } from '../state.ts'
import { createStore } from '../store.ts'
import { createManualTimers } from '../testing/manual-timers.ts'
import { ENTRY } from '../testing/protocol-parts.ts'
import { Talk } from './talk.ts'

const idOf = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

function person(number: number, isSelf = false): Person {
  return {
    memberId: idOf(number),
    accountId: idOf(100 + number),
    name: `Person ${number}`,
    role: 'student',
    connected: true,
    isSelf,
    feeds: {},
  }
}

function message(number: number, by: number, sentAt = number): ChatMessage {
  return chatMessageSchema.parse({
    id: idOf(1_000 + number),
    accountId: idOf(100 + by),
    name: `Person ${by}`,
    role: 'student',
    sentAt,
    text: `message ${number}`,
    privateWith: null,
    replyTo: null,
    reactions: [],
    stamp: 'A'.repeat(22),
  })
}

function set() {
  const state = createStore<CallState>({ ...INITIAL_STATE, people: [person(1, true), person(2)] })
  const events = new Emitter<CallEvents>()
  const asked: string[] = []
  const request = (method: string): Promise<never> => {
    asked.push(method)
    return new Promise(() => undefined)
  }
  const timers = createManualTimers()
  const talk = new Talk({ call: { state, events, request }, timers })
  const heard: string[] = []
  talk.events.on('message', ({ text }) => heard.push(text))
  talk.events.on('handRaised', ({ name }) => heard.push(`${name} raised a hand`))
  talk.events.on('reaction', ({ reaction }) => heard.push(reaction))
  return {
    talk,
    asked,
    heard,
    timers,
    now: () => talk.state.getState(),
    told: (notification: Notification) => {
      events.emit('notification', notification)
    },
    enter: (chat: readonly ChatMessage[], hands: readonly string[] = []) => {
      const entry = entrySchema.parse({ ...ENTRY, talk: { chat, hands, spotlight: null } })
      events.emit('entering', { entry })
    },
  }
}

const chatted = (told: ChatMessage): Notification => ({
  notification: 'chatMessage',
  data: { message: told },
})

describe('chat', () => {
  test('counts what others wrote while it was closed, and says only that aloud', () => {
    const { talk, told, now, heard } = set()
    told(chatted(message(1, 2)))
    told(chatted(message(2, 1)))
    told(chatted(message(1, 2)))
    expect(now().chat).toHaveLength(2)
    expect(now().unread).toBe(1)
    talk.setChatOpen(true)
    told(chatted(message(3, 2)))
    expect(now().unread).toBe(0)
    talk.setChatOpen(false)
    told(chatted(message(4, 2)))
    expect(now().unread).toBe(1)
    expect(heard).toEqual(['message 1', 'message 3', 'message 4'])
  })

  test('what was written before one came is there, and is not new', () => {
    const { enter, now, heard } = set()
    enter([message(1, 2), message(2, 2)])
    expect(now()).toMatchObject({ unread: 0 })
    expect(now().chat).toHaveLength(2)
    expect(heard).toEqual([])
  })

  test('what was missed during a cut is filled in, in order, and counts as unread', () => {
    const { enter, told, now } = set()
    enter([message(1, 2)])
    told(chatted(message(2, 2)))
    enter([message(1, 2), message(2, 2), message(3, 2), message(4, 1)])
    expect(now().chat.map(({ text }) => text)).toEqual([
      'message 1',
      'message 2',
      'message 3',
      'message 4',
    ])
    expect(now().unread).toBe(2)
  })

  test('100 KB never leave this device', async () => {
    const { talk, asked } = set()
    await expect(talk.send('x'.repeat(100_000), 'all', null)).rejects.toMatchObject({
      code: 'chat-too-long',
    })
    await expect(talk.send(' \u202e ', 'all', null)).rejects.toMatchObject({ code: 'chat-empty' })
    expect(asked).toEqual([])
  })
})

test('hands are told in order, and a hand of another is said aloud once', () => {
  const { told, now, heard } = set()
  const [own, other] = [person(1).accountId, person(2).accountId]
  const hands = (...ids: string[]) => {
    const { talk } = entrySchema.parse({ ...ENTRY, talk: { ...ENTRY.talk, hands: ids } })
    told({ notification: 'hands', data: { accountIds: talk.hands } })
  }
  hands(own, other)
  hands(other, own)
  expect(now().hands).toEqual([other, own])
  expect(heard).toEqual(['Person 2 raised a hand'])
})

test('a reaction is gone after a moment', async () => {
  const { told, now, timers, heard } = set()
  const { memberId } = ENTRY
  told({ notification: 'reaction', data: { memberId, reaction: 'clap' } })
  expect(now().reactions).toMatchObject([{ memberId: person(1).memberId, reaction: 'clap' }])
  await timers.advance(5_000)
  expect(now().reactions).toEqual([])
  expect(heard).toEqual([])
})
