import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIRST } from '../format/case.ts'
import { inOrder, nextOrder, type OrderedMessage } from './case-order.ts'

const mark = (at: number): Uint8Array => new Uint8Array(16).fill(at + 1)

/** A conversation in which each author has seen everything before. */
const conversations = fc
  .array(fc.constantFrom('student', 'helper', 'another'), { minLength: 1, maxLength: 20 })
  .map((authors) =>
    authors.reduce<OrderedMessage[]>((said, authorId, at) => {
      return [...said, { authorId, ...nextOrder(said, authorId), mark: mark(at) }]
    }, []),
  )

describe('the order of a case’s messages', () => {
  it('holds as they were written', () => {
    fc.assert(
      fc.property(conversations, (said) => {
        expect(inOrder(said)).toBe(true)
      }),
    )
    expect(inOrder([])).toBe(true)
  })

  it('is broken by one left out before the last, and by any two exchanged', () => {
    const atLeastTwo = conversations.filter((said) => said.length >= 2)
    fc.assert(
      fc.property(atLeastTwo, fc.nat(), fc.nat(), (said, one, other) => {
        const a = one % said.length
        const b = other % said.length
        if (a < said.length - 1) expect(inOrder(said.toSpliced(a, 1))).toBe(false)
        const [x, y] = [said[a], said[b]]
        if (a === b || !x || !y) return
        expect(inOrder(said.with(a, y).with(b, x))).toBe(false)
      }),
    )
  })

  it('takes two who wrote at once, and one who wrote on two devices at once', () => {
    const first = { authorId: 'student', ...FIRST, mark: mark(0) }
    const after = mark(0)
    const helper = { authorId: 'helper', number: 0, after, mark: mark(1) }
    const own = { authorId: 'student', number: 1, after, mark: mark(2) }
    expect(inOrder([first, helper, own])).toBe(true)
    expect(inOrder([first, own, helper, { ...own, mark: mark(3) }])).toBe(true)
    expect(inOrder([first, { ...own, number: 2 }])).toBe(false)
  })
})
