/** What a media server learns again from the browsers after it was killed and started anew. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLogger } from '../log.ts'
import { accountIdSchema, type ChatMessage, OPEN_RULES } from '../protocol/index.ts'
import { knock, refusedEntry } from '../testing/open-class.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let before: TestServer
let after: TestServer
let stranger: TestServer

beforeAll(async () => {
  const start = (stampKey: string) => startTestServer({}, createLogger('silent'), { stampKey })
  ;[before, after, stranger] = await Promise.all([start('one'), start('one'), start('another')])
})

afterAll(async () => {
  await Promise.all([before, after, stranger].map((server) => server.close()))
})

const toAll = { to: 'all', replyTo: null } as const
const textsOf = (messages: readonly ChatMessage[]) => messages.map(({ text }) => text)

/** A class with some talk, and what each member saw of it. */
async function talkedClass() {
  const cls = randomUUID()
  const who = {
    teacher: { cls, sub: randomUUID(), role: 'teacher', name: 'Tea' },
    stu: { cls, sub: randomUUID(), name: 'Stu' },
    ben: { cls, sub: randomUUID(), name: 'Ben' },
  } as const
  const teacher = await before.join(who.teacher)
  const stu = await before.join(who.stu)
  const ben = await before.join(who.ben)
  const { id } = await stu.client.request('sendChat', { text: 'first', ...toAll })
  before.clock.advance(10)
  await stu.client.request('sendChat', { text: 'private', to: 'teachers', replyTo: null })
  before.clock.advance(10)
  await ben.client.request('reactToChat', { id, reaction: 'heart', on: true })
  await ben.client.request('sendChat', { text: 'last', ...toAll })
  const chatOf = async (one: typeof teacher) => {
    const client = await before.connect()
    return (await client.request('resume', { resumeToken: one.entry.resumeToken })).talk.chat
  }
  return {
    cls,
    who,
    run: teacher.entry.recovery.run,
    pass: stu.entry.recovery.pass,
    seen: { teacher: await chatOf(teacher), stu: await chatOf(stu), ben: await chatOf(ben) },
  }
}

describe('chat', () => {
  test('comes back as it was, each message to those who may see it, whoever gives it', async () => {
    const { who, run, seen } = await talkedClass()
    after.clock.advance(1_000)
    const ben = await after.join(who.ben)
    expect(ben.entry.recovery.run).not.toBe(run)
    expect(ben.entry.talk.chat).toEqual([])
    const stu = await after.join(who.stu)
    await ben.client.request('sendChat', { text: 'after', ...toAll })
    expect(await stu.client.request('restoreChat', { messages: seen.stu })).toEqual({ taken: 3 })
    expect(await ben.client.request('restoreChat', { messages: seen.ben })).toEqual({ taken: 0 })
    const { messages } = await ben.client.told('chatRestored')
    expect(textsOf(messages)).toEqual(['first', 'last'])
    const teacher = await after.join(who.teacher)
    expect(textsOf(teacher.entry.talk.chat)).toEqual(['first', 'private', 'last', 'after'])
    expect(teacher.entry.talk.chat[0]?.sentAt).toBe(seen.teacher[0]?.sentAt)
    // Ben's own, though Stu gave the message back.
    const hearts = [{ reaction: 'heart', accountIds: [who.ben.sub] }]
    expect(teacher.entry.talk.chat[0]?.reactions).toEqual(hearts)
    expect((await stu.client.told('chatReactions')).reactions).toEqual(hearts)
  })

  test('holds no reaction for which another speaks', async () => {
    const { who, seen } = await talkedClass()
    const stu = await after.join(who.stu)
    await stu.client.request('restoreChat', { messages: seen.stu })
    const { messages } = await stu.client.told('chatRestored')
    expect(messages[0]?.reactions).toEqual([])
  })

  test('keeps the reactions of the one who gives it back', async () => {
    const { who, seen } = await talkedClass()
    const ben = await after.join(who.ben)
    await ben.client.request('restoreChat', { messages: seen.ben })
    const { messages } = await ben.client.told('chatRestored')
    expect(messages[0]?.reactions).toEqual([{ reaction: 'heart', accountIds: [who.ben.sub] }])
  })

  test('cannot be altered, invented, moved to another class or taken from another server', async () => {
    const { who, seen, cls } = await talkedClass()
    const [first] = seen.stu
    if (first === undefined) throw new Error('nothing was said')
    const { client } = await after.join(who.stu)
    const changed: Partial<ChatMessage>[] = [
      { text: 'altered' },
      { name: 'Tea' },
      { role: 'teacher' },
      { sentAt: first.sentAt - 1 },
      { id: seen.stu[1]?.id ?? first.id },
      { stamp: 'A'.repeat(22) },
      { privateWith: { accountId: first.accountId, name: 'Stu' } },
    ]
    const messages = changed.map((change) => ({ ...first, ...change }))
    expect(await client.request('restoreChat', { messages })).toEqual({ taken: 0 })

    const elsewhere = await after.join({ ...who.stu, cls: randomUUID() })
    const moved = await elsewhere.client.request('restoreChat', { messages: seen.stu })
    expect(moved).toEqual({ taken: 0 })
    const foreign = await stranger.join({ ...who.stu, cls })
    const other = await foreign.client.request('restoreChat', { messages: seen.stu })
    expect(other).toEqual({ taken: 0 })
    // What was private to another is nothing that Ben could have seen.
    const ben = await after.join(who.ben)
    const leaked = await ben.client.request('restoreChat', { messages: seen.teacher })
    expect(leaked).toEqual({ taken: 2 })
  })

  test('is given back at a pace', async () => {
    const { client } = await after.join()
    const codes: string[] = []
    for (let count = 0; count < 12; count += 1) {
      const answer = await client.send('restoreChat', { messages: [] })
      if (!answer.ok) codes.push(answer.error.code)
    }
    expect(new Set(codes)).toEqual(new Set(['rate-limited']))
  })
})

describe('the door', () => {
  test('lets those in who were in, though the class is locked or has a waiting room', async () => {
    const { who, pass } = await talkedClass()
    const teacher = await after.join(who.teacher)
    await teacher.client.request('setRules', { locked: true })
    const client = await after.connect()
    const ticket = await after.issuer.ticket({ ...who.stu, wait: true })
    expect(await client.request('join', { ticket, pass })).toMatchObject({ role: 'student' })
    // Another's pass, or none, opens nothing.
    const ben = await after.connect()
    const own = await after.issuer.ticket(who.ben)
    expect(await ben.refused('join', { ticket: own, pass })).toBe('class-locked')
    expect(await refusedEntry(after, who.ben)).toBe('class-locked')
  })

  test('stays shut for those who were sent out, once a teacher is back', async () => {
    const { who, pass } = await talkedClass()
    const teacher = await after.join(who.teacher)
    const back = await after.join(who.stu)
    const people = [
      { accountId: back.entry.members[1]?.accountId ?? '', name: 'Stu' },
      { accountId: teacher.entry.members[0]?.accountId ?? '', name: 'Tea' },
    ]
    expect(await back.client.refused('keepOut', { people })).toBe('not-allowed')
    const answer = await teacher.client.send('keepOut', { people })
    expect(answer.ok).toBe(true)
    await back.client.told('removed')
    const client = await after.connect()
    const ticket = await after.issuer.ticket(who.stu)
    expect(await client.refused('join', { ticket, pass })).toBe('removed-from-class')
    // A teacher is never sent out this way.
    await teacher.client.request('lowerAllHands', {})
  })

  test('stays open for those whom a teacher let in since, and says what is decided', async () => {
    const { who } = await talkedClass()
    const teacher = await after.join(who.teacher)
    expect(teacher.entry.recovery.decided).toEqual([])
    const knocking = await knock(after, who.stu)
    const people = [{ accountId: accountIdSchema.parse(who.stu.sub), name: 'Stu' }]
    await teacher.client.request('admitAll', {})
    await knocking.told('admitted')
    await knocking.enter(await after.issuer.ticket(who.stu))
    await teacher.client.request('keepOut', { people })
    await teacher.client.request('setRules', { locked: true })
    await teacher.client.request('setSpotlight', { spotlight: null })
    expect(knocking.allTold('removed')).toEqual([])
    const late = await after.join({ ...who.teacher, sub: randomUUID() })
    // One switch says nothing of the other rules.
    expect(late.entry.recovery.decided.toSorted()).toEqual(['removed', 'spotlight'])
    expect(late.entry.moderation.removed).toEqual([])
    await late.client.request('setRules', { ...OPEN_RULES, locked: true })
    const later = await after.join({ ...who.teacher, sub: randomUUID() })
    expect(later.entry.recovery.decided.toSorted()).toEqual(['removed', 'rules', 'spotlight'])
  })
})
