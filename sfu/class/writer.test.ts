import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type MemberId, memberIdSchema } from '../protocol/index.ts'
import { chooseWriter, type WriterCandidate } from './writer.ts'

const id = (): MemberId => memberIdSchema.parse(randomUUID())

function teacher(connected = true): WriterCandidate {
  return { memberId: id(), role: 'teacher', connected }
}

describe('the writer', () => {
  test('is nobody where there is no teacher', () => {
    expect(chooseWriter([], null)).toBeNull()
    expect(chooseWriter([{ memberId: id(), role: 'student', connected: true }], id())).toBeNull()
  })

  test('is the first connected teacher, and stays', () => {
    const [first, second] = [teacher(), teacher()]
    expect(chooseWriter([first, second], null)).toBe(first.memberId)
    expect(chooseWriter([first, second], second.memberId)).toBe(second.memberId)
  })

  test('passes on when the holder left or is interrupted while another is connected', () => {
    const [first, second, third] = [teacher(false), teacher(false), teacher()]
    expect(chooseWriter([first, second, third], first.memberId)).toBe(third.memberId)
    expect(chooseWriter([second, third], first.memberId)).toBe(third.memberId)
  })

  test('stays with an interrupted holder while nobody could take over', () => {
    const [first, second] = [teacher(false), teacher(false)]
    expect(chooseWriter([first, second], second.memberId)).toBe(second.memberId)
  })

  test('is always a teacher of the class, connected if one is, and choosing again changes nothing', () => {
    const candidate = fc.record({
      memberId: fc.uuid().map((uuid) => memberIdSchema.parse(uuid)),
      role: fc.constantFrom('teacher' as const, 'student' as const, 'guest' as const),
      connected: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(candidate), fc.nat(), (candidates, index) => {
        const current = candidates[index % (candidates.length + 1)]?.memberId ?? null
        const writer = chooseWriter(candidates, current)
        const teachers = candidates.filter(({ role }) => role === 'teacher')
        const chosen = teachers.find(({ memberId }) => memberId === writer)
        expect(writer === null).toBe(teachers.length === 0)
        expect(chosen === undefined).toBe(teachers.length === 0)
        if (teachers.some(({ connected }) => connected)) expect(chosen?.connected).toBe(true)
        expect(chooseWriter(candidates, writer)).toBe(writer)
      }),
    )
  })
})
