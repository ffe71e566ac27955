import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  accountIdSchema,
  CHAT_SHARE,
  classIdSchema,
  chatMessageSchema,
  MAX_CHAT_BYTES,
  MAX_CHAT_LENGTH,
  MAX_CHAT_MESSAGES,
  MAX_CHAT_REACTIONS,
  messageIdSchema,
  REACTIONS,
  type Role,
} from '../../protocol/index.ts'
import { Stamps } from '../../stamps.ts'
import { type ChatPerson, ChatStore, stampsOfChat } from './chat-store.ts'

function person(name: string, role: Role = 'student'): ChatPerson {
  return { accountId: accountIdSchema.parse(randomUUID()), name, role }
}

const teacher = person('Tea Cher', 'teacher')
const colleague = person('Col League', 'teacher')
const stu = person('Stu Dent')
const ben = person('Ben')
const guest = person('Guest', 'guest')
const everyone = [teacher, colleague, stu, ben, guest]

const stamps = stampsOfChat(new Stamps(Buffer.from('key')), classIdSchema.parse(randomUUID()))
const newStore = () => new ChatStore(() => randomUUID(), stamps)
const toAll = { to: 'all', replyTo: null } as const
const toTeachers = { to: 'teachers', replyTo: null } as const
const textsOf = (store: ChatStore, reader: ChatPerson) =>
  store.visibleTo(reader).map(({ text }) => text)

describe('who sees a message', () => {
  test('one to all everybody, a private one its sender and the teachers', () => {
    const store = newStore()
    store.add(stu, { text: 'hello', ...toAll }, 1)
    store.add(stu, { text: 'I am lost', ...toTeachers }, 2)
    for (const reader of [teacher, colleague, stu]) {
      expect(textsOf(store, reader)).toEqual(['hello', 'I am lost'])
    }
    for (const reader of [ben, guest]) expect(textsOf(store, reader)).toEqual(['hello'])
  })

  test('a teacher’s private answer reaches the one who is answered and nobody else', () => {
    const store = newStore()
    const asked = store.add(stu, { text: 'private?', ...toTeachers }, 1)
    const open = store.add(ben, { text: 'open', ...toAll }, 2)
    store.add(teacher, { text: 'to stu', to: 'teachers', replyTo: asked.id }, 3)
    store.add(colleague, { text: 'to ben', to: 'teachers', replyTo: open.id }, 4)
    store.add(teacher, { text: 'among us', ...toTeachers }, 5)
    expect(textsOf(store, stu)).toEqual(['private?', 'open', 'to stu'])
    expect(textsOf(store, ben)).toEqual(['open', 'to ben'])
    expect(textsOf(store, guest)).toEqual(['open'])
    expect(textsOf(store, colleague)).toHaveLength(5)
  })

  test('a private message is neither answered openly nor known to others', () => {
    const store = newStore()
    const { id } = store.add(stu, { text: 'private', ...toTeachers }, 1)
    const code = (add: () => unknown): unknown => {
      try {
        return add()
      } catch (error) {
        return error
      }
    }
    const leak = code(() => store.add(teacher, { text: 'x', to: 'all', replyTo: id }, 2))
    expect(leak).toMatchObject({ code: 'chat-private' })
    const guess = code(() => store.add(ben, { text: 'x', to: 'teachers', replyTo: id }, 2))
    expect(guess).toMatchObject({ code: 'chat-message-unknown' })
    expect(code(() => store.react(ben, id, 'clap', true))).toMatchObject({
      code: 'chat-message-unknown',
    })
  })

  test('whatever is written and answered, nobody sees another’s private talk', () => {
    const step = fc.record({
      sender: fc.nat({ max: everyone.length - 1 }),
      to: fc.constantFrom('all', 'teachers'),
      answers: fc.option(fc.nat()),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const store = newStore()
        for (const [index, { sender, to, answers }] of steps.entries()) {
          const who = everyone[sender] ?? teacher
          const seen = store.visibleTo(who)
          const answered = answers === null ? null : (seen[answers % seen.length] ?? null)
          if (to === 'all' && answered !== null && answered.privateWith !== null) continue
          const replyTo = answered?.id ?? null
          store.add(who, { text: `message ${index}`, to, replyTo }, index)
        }
        for (const reader of [stu, ben, guest]) {
          for (const { privateWith } of store.visibleTo(reader)) {
            expect([undefined, reader.accountId]).toContain(privateWith?.accountId)
          }
        }
        const all = store.visibleTo(teacher)
        expect(store.visibleTo(colleague)).toEqual(all)
        for (const message of all) chatMessageSchema.parse(message)
      }),
    )
  })
})

describe('what a class keeps', () => {
  test('stays in number, in bytes and in each person’s part within bounds, newest kept', () => {
    const step = fc.record({
      sender: fc.nat({ max: everyone.length - 1 }),
      length: fc.integer({ min: 1, max: MAX_CHAT_LENGTH }),
      letter: fc.constantFrom('a', 'é', '漢'),
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: 200, maxLength: 900, size: 'max' }), (steps) => {
        const store = newStore()
        for (const [index, { sender, length, letter }] of steps.entries()) {
          const who = everyone[sender] ?? teacher
          const { id } = store.add(who, { text: letter.repeat(length), ...toAll }, index)
          expect(store.visibleTo(teacher).at(-1)?.id).toBe(id)
        }
        const kept = store.visibleTo(teacher)
        const bytes = kept.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
        expect(store.bytes).toBe(bytes)
        expect(bytes).toBeLessThanOrEqual(MAX_CHAT_BYTES)
        expect(kept.length).toBeLessThanOrEqual(MAX_CHAT_MESSAGES)
        expect(kept.map(({ sentAt }) => sentAt)).toEqual(
          kept.map(({ sentAt }) => sentAt).toSorted((a, b) => a - b),
        )
      }),
      { numRuns: 10 },
    )
  })

  test('one person’s flood takes that person’s messages away, not the lesson’s', () => {
    const store = newStore()
    store.add(teacher, { text: 'the homework', ...toAll }, 0)
    for (let index = 0; index < 2 * MAX_CHAT_MESSAGES; index += 1) {
      store.add(stu, { text: `flood ${index}`, ...toAll }, index)
    }
    expect(textsOf(store, ben)[0]).toBe('the homework')
    expect(textsOf(store, ben)).toHaveLength(1 + MAX_CHAT_MESSAGES / CHAT_SHARE)
  })

  test.each([
    ['', 'chat-empty'],
    [' \n\t \u202e ', 'chat-empty'],
    ['x'.repeat(MAX_CHAT_LENGTH + 1), 'chat-too-long'],
    ['x'.repeat(100_000), 'chat-too-long'],
  ])('text %# is refused', (text, code) => {
    expect(() => newStore().add(stu, { text, ...toAll }, 1)).toThrow(
      expect.objectContaining({ code }),
    )
  })

  test('a text of markup is kept as the text that it is', () => {
    const store = newStore()
    const text = '<img src=x onerror=alert(1)> & <b>bold</b>'
    expect(store.add(stu, { text, ...toAll }, 1).text).toBe(text)
  })
})

describe('reactions on a message', () => {
  test('are a person’s once each, and go when they are taken away', () => {
    const store = newStore()
    const { id } = store.add(stu, { text: 'hello', ...toAll }, 1)
    expect(store.react(ben, id, 'heart', true)?.reactions).toEqual([
      { reaction: 'heart', accountIds: [ben.accountId] },
    ])
    expect(store.react(ben, id, 'heart', true)).toBeNull()
    store.react(guest, id, 'thumbs-up', true)
    const [message] = store.visibleTo(ben)
    expect(message?.reactions.map(({ reaction }) => reaction)).toEqual(['thumbs-up', 'heart'])
    expect(store.react(ben, id, 'heart', false)?.reactions).toEqual([
      { reaction: 'thumbs-up', accountIds: [guest.accountId] },
    ])
    expect(store.react(ben, id, 'heart', false)).toBeNull()
  })

  test('are bounded for the whole class, and a message that goes frees its own', () => {
    const store = newStore()
    const { id } = store.add(teacher, { text: 'first', ...toAll }, 0)
    const react = (index: number) =>
      store.react(person(`P${index}`), id, REACTIONS[index % REACTIONS.length] ?? 'clap', true)
    for (let index = 0; index < MAX_CHAT_REACTIONS; index += 1) react(index)
    expect(() => react(0)).toThrow(expect.objectContaining({ code: 'chat-reactions-full' }))
    for (let index = 0; index < MAX_CHAT_MESSAGES / CHAT_SHARE; index += 1) {
      store.add(teacher, { text: `next ${index}`, ...toAll }, index)
    }
    const newest = store.visibleTo(stu).at(-1)
    expect(store.react(stu, messageIdSchema.parse(newest?.id), 'clap', true)).not.toBeNull()
  })
})

describe('what is given back after a restart', () => {
  /** What both saw of a message on which both left a reaction, and a store that has forgotten it. */
  function forgotten() {
    const before = newStore()
    const { id } = before.add(stu, { text: 'hello', ...toAll }, 1)
    for (const one of [ben, guest]) before.react(one, id, 'heart', true)
    return { id, seen: before.visibleTo(ben), store: newStore() }
  }
  const heartsOf = (store: ChatStore) =>
    store.visibleTo(teacher).flatMap(({ reactions }) => reactions.flatMap((one) => one.accountIds))

  test('holds everyone’s own reactions, whoever gave the messages back', () => {
    const { seen, store } = forgotten()
    expect(store.restore(guest, seen)).toMatchObject({ taken: [{ text: 'hello' }], changed: [] })
    const { taken, changed } = store.restore(ben, seen)
    expect(taken).toEqual([])
    expect(changed.map(({ reactions }) => reactions)).toEqual([
      [{ reaction: 'heart', accountIds: [guest.accountId, ben.accountId] }],
    ])
    // Once more, and by one who has none on it, changes nothing.
    for (const one of [ben, stu]) expect(store.restore(one, seen).changed).toEqual([])
    expect(heartsOf(store)).toEqual([guest.accountId, ben.accountId])
  })

  test('is no way to react past the pace of reactions, nor to what one may not see', () => {
    const { store } = forgotten()
    const fresh = store.add(stu, { text: 'after', ...toAll }, 2)
    const mine = { reaction: 'heart' as const, accountIds: [ben.accountId] }
    expect(store.restore(ben, [{ ...fresh, reactions: [mine] }]).changed).toEqual([])
    const secret = newStore().add(stu, { text: 'private', ...toTeachers }, 3)
    store.restore(stu, [secret])
    const guess = { ...secret, privateWith: null, reactions: [mine] }
    expect(store.restore(ben, [guess]).changed).toEqual([])
    expect(heartsOf(store)).toEqual([])
  })
})
