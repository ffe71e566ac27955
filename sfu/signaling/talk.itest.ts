import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountIdSchema, CHAT_BURST, MAX_CHAT_LENGTH, REACTION_BURST } from '../protocol/index.ts'
import { openClass, send } from '../testing/open-class.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let school: TestServer

beforeAll(async () => {
  school = await startTestServer()
})

afterAll(async () => {
  await school.close()
})

const toAll = { to: 'all', replyTo: null } as const
const toTeachers = { to: 'teachers', replyTo: null } as const

/** A class with a teacher, a student, and another student. */
async function open() {
  const parts = await openClass(school)
  const other = await school.join({ cls: parts.cls, name: 'Other' })
  return { ...parts, other }
}

describe('chat', () => {
  test('reaches those it is for, and those who come later', async () => {
    const { cls, teacher, student, other, own } = await open()
    await student.client.request('sendChat', { text: ' hello <b>all</b> ', ...toAll })
    const { id } = await student.client.request('sendChat', { text: 'I am lost', ...toTeachers })
    for (const { client } of [teacher, student]) {
      await client.told('chatMessage', ({ message }) => message.id === id)
    }
    await teacher.client.request('sendChat', { text: 'page 3', to: 'teachers', replyTo: id })
    await student.client.told('chatMessage', ({ message }) => message.replyTo === id)
    const { message } = await other.client.told('chatMessage')
    expect(message).toMatchObject({ text: 'hello <b>all</b>', name: 'Stu Dent', role: 'student' })
    // Answered after anything that was told before it.
    await other.client.request('raiseHand', {})
    expect(other.client.allTold('chatMessage')).toHaveLength(1)

    const late = await school.join({ cls, name: 'Late' })
    expect(late.entry.talk.chat.map(({ text }) => text)).toEqual(['hello <b>all</b>'])
    const reloaded = await school.join(own)
    const texts = ['hello <b>all</b>', 'I am lost', 'page 3']
    expect(reloaded.entry.talk.chat.map(({ text }) => text)).toEqual(texts)
    const colleague = await school.join({ cls, role: 'teacher' })
    expect(colleague.entry.talk.chat).toHaveLength(3)
  })

  test('reactions on a message are told to those who see it', async () => {
    const { teacher, student, other } = await open()
    const { id } = await student.client.request('sendChat', { text: 'private', ...toTeachers })
    await teacher.client.request('reactToChat', { id, reaction: 'heart', on: true })
    const told = await student.client.told('chatReactions')
    const { accountId } = teacher.entry.members[0] ?? {}
    expect(told).toEqual({ id, reactions: [{ reaction: 'heart', accountIds: [accountId] }] })
    const guess = { id, reaction: 'heart', on: true }
    expect(await other.client.refused('reactToChat', guess)).toBe('chat-message-unknown')
    expect(other.client.allTold('chatReactions')).toEqual([])
    const sign = { id, reaction: '<script>', on: true }
    expect(await student.client.refused('reactToChat', sign)).toBe('invalid-data')
  })

  test('what is too long, empty or too much has a code, and nobody else notices', async () => {
    const { student, other } = await open()
    const long = { text: 'x'.repeat(MAX_CHAT_LENGTH + 1), ...toAll }
    expect(await student.client.refused('sendChat', long)).toBe('chat-too-long')
    expect(await student.client.refused('sendChat', { text: ' ', ...toAll })).toBe('chat-empty')
    const unknown = { text: 'x', to: 'all', replyTo: randomUUID() }
    expect(await student.client.refused('sendChat', unknown)).toBe('chat-message-unknown')
    for (let index = 3; index < CHAT_BURST; index += 1) {
      await student.client.request('sendChat', { text: `message ${index}`, ...toAll })
    }
    const more = { text: 'one more', ...toAll }
    expect(await student.client.refused('sendChat', more)).toBe('rate-limited')
    await other.client.request('sendChat', { text: 'I am here', ...toAll })
    expect(other.client.allTold('chatMessage')).toHaveLength(CHAT_BURST - 3 + 1)
    school.clock.advance(2_000)
    await student.client.request('sendChat', more)
  })

  test('100 KB end that connection alone, and the membership can be resumed', async () => {
    const { student, other } = await open()
    student.client.socket.send(
      JSON.stringify({ id: 1, method: 'sendChat', data: { text: 'x'.repeat(100_000), ...toAll } }),
    )
    expect(await student.client.closed()).toBe(1009)
    const back = await school.connect()
    await back.request('resume', { resumeToken: student.entry.resumeToken })
    await other.client.request('sendChat', { text: 'still here', ...toAll })
    const { message } = await back.told('chatMessage')
    expect(message.text).toBe('still here')
  })

  test('where messages to all are forbidden, the teachers can be written to', async () => {
    const { teacher, student } = await open()
    await teacher.client.request('setRules', { permissions: { chat: false } })
    const openly = { text: 'hello', ...toAll }
    expect(await student.client.refused('sendChat', openly)).toBe('chat-forbidden')
    await student.client.request('sendChat', { text: 'hello', ...toTeachers })
    await teacher.client.request('sendChat', openly)
  })
})

describe('hands', () => {
  test('stand in order, survive a reload, and are lowered by their owner or a teacher', async () => {
    const { cls, teacher, student, other, own } = await open()
    await student.client.request('raiseHand', {})
    await other.client.request('raiseHand', {})
    const idOf = ({ entry }: typeof student) =>
      accountIdSchema.parse(
        entry.members.find(({ memberId }) => memberId === entry.memberId)?.accountId,
      )
    const [first, second] = [idOf(student), idOf(other)]
    const handsAre = (...ids: string[]) =>
      teacher.client.until(
        () => teacher.client.allTold('hands').at(-1)?.accountIds.join() === ids.join(),
      )
    await handsAre(first, second)
    await student.client.request('leave', {})
    await handsAre(second)
    const again = await school.join(own)
    await handsAre(first, second)
    expect(again.entry.talk.hands).toEqual([first, second])

    const data = { accountId: first }
    expect(await other.client.refused('lowerHandOf', data)).toBe('not-allowed')
    expect(await other.client.refused('lowerAllHands', {})).toBe('not-allowed')
    await teacher.client.request('lowerHandOf', data)
    await handsAre(second)
    await other.client.request('lowerHand', {})
    await handsAre()
    await again.client.request('raiseHand', {})
    await teacher.client.request('lowerAllHands', {})
    await handsAre()
    const late = await school.join({ cls })
    expect(late.entry.talk.hands).toEqual([])
  })
})

describe('reactions', () => {
  test('reach everyone, at a pace', async () => {
    const { student, other } = await open()
    for (let index = 0; index < REACTION_BURST; index += 1) {
      await student.client.request('react', { reaction: 'clap' })
    }
    expect(await student.client.refused('react', { reaction: 'clap' })).toBe('rate-limited')
    expect(await other.client.told('reaction')).toEqual({
      memberId: student.entry.memberId,
      reaction: 'clap',
    })
    await other.client.request('react', { reaction: 'heart' })
    expect(other.client.allTold('reaction')).toHaveLength(REACTION_BURST + 1)
  })
})

describe('spotlight', () => {
  test('is a teacher’s, kept for those who come later, and goes with who is in it', async () => {
    const { cls, teacher, student, other } = await open()
    const { memberId } = student.entry
    const spotlight = { memberId, source: 'camera' } as const
    expect(await other.client.refused('setSpotlight', { spotlight })).toBe('not-allowed')
    await teacher.client.request('setSpotlight', { spotlight })
    expect(await other.client.told('spotlight')).toEqual({ spotlight })
    const late = await school.join({ cls })
    expect(late.entry.talk.spotlight).toEqual(spotlight)
    await student.client.request('leave', {})
    await other.client.told('spotlight', (told) => told.spotlight === null)
    expect(await teacher.client.refused('setSpotlight', { spotlight })).toBe('member-unknown')
  })

  test('on a screen needs that screen, and ends with it', async () => {
    const { teacher, student, other } = await open()
    const spotlight = { memberId: student.entry.memberId, source: 'screen' } as const
    expect(await teacher.client.refused('setSpotlight', { spotlight })).toBe('producer-unknown')
    const { producerId } = await send(student, 'screen')
    await teacher.client.request('setSpotlight', { spotlight })
    await other.client.told('spotlight', (told) => told.spotlight?.source === 'screen')
    await student.client.request('closeProducer', { producerId })
    await other.client.told('spotlight', (told) => told.spotlight === null)
    await teacher.client.request('setSpotlight', { spotlight: null })
  })
})
