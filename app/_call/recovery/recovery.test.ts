import { describe, expect, test } from 'vitest'
import {
  type ChatMessage,
  chatMessageSchema,
  type Entry,
  entrySchema,
  handsSchema,
  type Method,
} from '../../../sfu/protocol/index.ts'
import type { CallEvents } from '../call.ts'
import { Emitter } from '../emitter.ts'
import { CallError } from '../errors.ts'
import type { ModerationState } from '../moderation/moderation.ts'
import { type CallState, INITIAL_STATE, type Person } from '../state.ts'
import { createStore } from '../store.ts'
import { Talk } from '../talk/talk.ts'
import { createManualTimers, settle } from '../testing/manual-timers.ts'
import { ENTRY } from '../testing/protocol-parts.ts'
import { Recovery } from './recovery.ts'

const idOf = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

function person(member: number, account: number, isSelf = false): Person {
  const base = { name: `P${account}`, role: 'student', connected: true, feeds: {} } as const
  return { ...base, memberId: idOf(member), accountId: idOf(account), isSelf }
}

/** @param reactedBy accounts that left a heart on it */
const message = (
  number: number,
  text = `message ${number}`,
  reactedBy: readonly number[] = [102],
): ChatMessage =>
  chatMessageSchema.parse({
    id: idOf(1_000 + number),
    accountId: idOf(101),
    name: 'P101',
    role: 'student',
    sentAt: number,
    text,
    privateWith: null,
    replyTo: null,
    reactions: [{ reaction: 'heart', accountIds: reactedBy.map(idOf) }],
    stamp: 'A'.repeat(22),
  })

const recoveryOf = (run: number) => ({ run: idOf(run), pass: 'A'.repeat(22) })

/** A student at place 2 of the raised hands, or a teacher, in a class that is about to be lost. */
function set(role: 'student' | 'teacher' = 'student') {
  const state = createStore<CallState>({
    ...INITIAL_STATE,
    people: [person(1, 101, true), person(2, 102)],
  })
  const events = new Emitter<CallEvents>()
  const asked: { method: string; data: unknown }[] = []
  const answers: (() => Promise<unknown>)[] = []
  // The answers are of no matter to what asks.
  const request = ((method: Method, data: unknown) => {
    asked.push({ method, data })
    return (answers.shift() ?? (() => Promise.resolve({})))()
  }) as ConstructorParameters<typeof Recovery>[0]['call']['request']
  const timers = createManualTimers(0.5)
  const recovery = new Recovery({ call: { state, events, request }, timers })
  const talk = new Talk({ call: { state, events, request }, timers })
  const moderation = createStore<ModerationState>({
    rules: ENTRY.moderation.rules,
    may: ENTRY.moderation.rules.permissions,
    asked: false,
    waiting: [],
    removed: [],
    endsAt: null,
    attendance: null,
  })
  recovery.watch(talk, { state: moderation })
  const enter = (run: number, change: Partial<Entry> = {}): void => {
    const entry = entrySchema.parse({ ...ENTRY, role, recovery: recoveryOf(run), ...change })
    events.emit('entering', { entry })
    events.emit('entered', { entry, resumed: false })
  }
  const talkOf = (chat: readonly ChatMessage[], hands: readonly string[] = []): Partial<Entry> =>
    entrySchema.pick({ talk: true }).parse({ talk: { chat, hands, spotlight: null } })
  const methods = () => asked.map(({ method }) => method)
  return { state, events, asked, answers, timers, talk, moderation, enter, talkOf, methods }
}

describe('a media server that was restarted', () => {
  test('gets the chat that it does not have, with the own reactions alone', async () => {
    const { enter, talkOf, timers, asked, events } = set()
    enter(1, talkOf([message(1), message(2), message(3, 'marked', [101, 102])]))
    enter(2, talkOf([message(2)]))
    // Another browser was faster with one of them.
    events.emit('notification', {
      notification: 'chatRestored',
      data: { messages: [message(1)] },
    })
    await timers.advance(1_500)
    expect(asked).toEqual([
      {
        method: 'restoreChat',
        data: {
          messages: [
            {
              ...message(3, 'marked'),
              reactions: [{ reaction: 'heart', accountIds: [idOf(101)] }],
            },
          ],
        },
      },
    ])
  })

  test('gets the own reactions on what others gave back before, and once', async () => {
    const { enter, talkOf, timers, asked, events } = set()
    const seen = [1, 2].map((number) => message(number, 'marked', [101, 102]))
    enter(1, talkOf(seen))
    // The others' browsers have spoken for the others alone.
    enter(2, talkOf([message(1, 'marked', [102])]))
    const { id, reactions } = message(2, 'marked', [102])
    events.emit('notification', { notification: 'chatRestored', data: { messages: seen } })
    events.emit('notification', { notification: 'chatReactions', data: { id, reactions } })
    await timers.advance(1_500)
    const own = [{ reaction: 'heart', accountIds: [idOf(101)] }]
    expect(asked).toMatchObject([
      {
        method: 'restoreChat',
        data: {
          messages: [
            { id: idOf(1_002), reactions: own },
            { id: idOf(1_001), reactions: own },
          ],
        },
      },
    ])
    enter(2, talkOf([message(1, 'marked', [101, 102])]))
    await timers.advance(5_000)
    expect(asked).toHaveLength(1)
  })

  test('gets a long chat in parts that fit into a message, also over another cut', async () => {
    const { enter, talkOf, timers, asked, answers } = set()
    const long = Array.from({ length: 60 }, (_, index) => message(index, '\u0001'.repeat(2_000)))
    enter(1, talkOf(long))
    answers.push(() => Promise.reject(new CallError('connection-closed', 'cut')))
    enter(2, talkOf([]))
    await timers.advance(1_500)
    expect(asked).toHaveLength(1)
    enter(2, talkOf([]))
    await timers.advance(1_500)
    const given = asked.slice(1).flatMap(({ data }) => {
      expect(JSON.stringify(data).length).toBeLessThan(60_000)
      return (data as { messages: ChatMessage[] }).messages.map(({ id }) => id)
    })
    expect(new Set(given)).toEqual(new Set(long.map(({ id }) => id)))
    expect(given).toHaveLength(60)
  })

  test('sees the own hand again, in its turn; others’ and a lowered one are not touched', async () => {
    const { enter, talkOf, events, timers, methods } = set()
    enter(1, talkOf([], [idOf(102), idOf(101)]))
    enter(2, talkOf([]))
    // However long the other one, who was first, takes to come back.
    await timers.advance(5_000)
    expect(methods()).toEqual([])
    events.emit('notification', {
      notification: 'hands',
      data: { accountIds: handsSchema.parse([idOf(102)]) },
    })
    await settle()
    expect(methods()).toEqual(['raiseHand'])
    enter(3, talkOf([]))
    await timers.advance(15_000)
    expect(methods()).toEqual(['raiseHand'])
  })

  test('sees the own hand again though one before it does not come back', async () => {
    const { enter, talkOf, timers, methods } = set()
    enter(1, talkOf([], [idOf(102), idOf(101)]))
    enter(2, talkOf([]))
    await timers.advance(10_000)
    expect(methods()).toEqual([])
    await timers.advance(250)
    expect(methods()).toEqual(['raiseHand'])
  })

  test('sees no hand that its person raised and lowered while it waited', async () => {
    const { enter, talkOf, events, timers, methods } = set()
    enter(1, talkOf([], [idOf(102), idOf(101)]))
    enter(2, talkOf([]))
    for (const hands of [[idOf(101)], []]) {
      const accountIds = handsSchema.parse(hands)
      events.emit('notification', { notification: 'hands', data: { accountIds } })
    }
    await timers.advance(15_000)
    expect(methods()).toEqual([])
  })

  test('gets the rules and who was sent out from a teacher, never from a student', async () => {
    const rules = { ...ENTRY.moderation.rules, locked: true }
    const removed = entrySchema.shape.moderation.shape.removed.parse([
      { accountId: idOf(109), name: 'P109' },
    ])
    const student = set()
    student.enter(1)
    student.moderation.patch({ rules, removed })
    student.enter(2)
    const teacher = set('teacher')
    teacher.enter(1)
    teacher.moderation.patch({ rules, removed })
    teacher.enter(2)
    await settle()
    expect(student.methods()).toEqual([])
    expect(teacher.asked).toEqual([
      { method: 'setRules', data: rules },
      { method: 'keepOut', data: { people: removed } },
      { method: 'setSpotlight', data: { spotlight: null } },
    ])
  })

  test.each([
    [['rules'], ['keepOut', 'setSpotlight']],
    [['removed'], ['setRules', 'setSpotlight']],
    [['spotlight'], ['setRules', 'keepOut']],
    [['rules', 'removed', 'spotlight'], []],
  ])('hears no older word on what a teacher decided since: %j', async (decided, said) => {
    const { enter, moderation, methods } = set('teacher')
    enter(1)
    moderation.patch({ rules: { ...ENTRY.moderation.rules, locked: true } })
    const recovery = entrySchema.shape.recovery.parse({ ...recoveryOf(2), decided })
    enter(2, { recovery })
    await settle()
    expect(methods()).toEqual(said)
  })
})

describe('what a teacher had put in front of everyone', () => {
  /** A teacher who is back before the person in front is. */
  function awaiting() {
    const all = set('teacher')
    const spotlight = { memberId: idOf(2), source: 'camera' }
    const talk = entrySchema.shape.talk.parse({ chat: [], hands: [], spotlight })
    all.enter(1, { talk })
    all.state.patch({ people: [person(1, 101, true), person(2, 102)] })
    all.state.patch({ people: [person(3, 101, true)] })
    all.enter(2)
    const comeBack = () => {
      all.state.patch({ people: [person(3, 101, true), person(7, 102)] })
    }
    const putInFront = () => all.asked.filter(({ method }) => method === 'setSpotlight')
    return { ...all, comeBack, putInFront }
  }

  test('stands there again when the person is back soon', async () => {
    const { comeBack, putInFront, timers } = awaiting()
    await timers.advance(59_000)
    comeBack()
    const spotlight = { memberId: idOf(7), source: 'camera' }
    expect(putInFront()).toEqual([{ method: 'setSpotlight', data: { spotlight } }])
  })

  test('does not when the person comes back long after', async () => {
    const { comeBack, putInFront, timers } = awaiting()
    await timers.advance(60_000)
    comeBack()
    expect(putInFront()).toEqual([])
  })

  test('does not when a teacher chose anew, told at once or after a cut', () => {
    const told = awaiting()
    told.events.emit('notification', { notification: 'spotlight', data: { spotlight: null } })
    told.comeBack()
    expect(told.putInFront()).toEqual([])
    const missed = awaiting()
    const recovery = entrySchema.shape.recovery.parse({ ...recoveryOf(2), decided: ['spotlight'] })
    missed.enter(2, { recovery })
    missed.comeBack()
    expect(missed.putInFront()).toEqual([])
  })
})

test('a membership that came back to the same class gives nothing back', async () => {
  const { enter, talkOf, timers, asked } = set('teacher')
  enter(1, talkOf([message(1)], [idOf(101)]))
  enter(1, talkOf([]))
  await timers.advance(10_000)
  expect(asked).toEqual([])
})

test('the own pin follows a person who comes back as another member', () => {
  const { enter, state, talk } = set()
  enter(1)
  talk.setPin({ memberId: idOf(2), source: 'camera' })
  state.patch({ people: [person(1, 101, true)] })
  state.patch({ people: [person(1, 101, true), person(7, 102), person(8, 103)] })
  expect(talk.state.getState().pin).toEqual({ memberId: idOf(7), source: 'camera' })
  talk.setPin(null)
  state.patch({ people: [person(1, 101, true), person(9, 102)] })
  expect(talk.state.getState().pin).toBeNull()
})
