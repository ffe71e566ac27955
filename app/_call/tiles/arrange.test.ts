import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arrange, promote } from './arrange.ts'

const people = fc.uniqueArray(
  fc.constantFrom(...Array.from({ length: 26 }, (_, letter) => String.fromCharCode(97 + letter))),
  { maxLength: 26 },
)

describe('arrange', () => {
  test('shows everyone who is present once, and nobody else', () => {
    fc.assert(
      fc.property(people, people, (previous, present) => {
        expect([...arrange(previous, present)].sort()).toEqual([...present].sort())
      }),
    )
  })

  test('moves no more tiles than people left', () => {
    fc.assert(
      fc.property(people, people, (previous, present) => {
        const next = arrange(previous, present)
        const left = previous.filter((id) => !present.includes(id)).length
        const moved = previous.filter((id, index) => present.includes(id) && next[index] !== id)
        expect(moved.length).toBeLessThanOrEqual(left)
      }),
    )
  })

  test('moves nobody when people only come', () => {
    fc.assert(
      fc.property(people, people, (previous, others) => {
        const next = arrange(previous, [...new Set([...others, ...previous])])
        expect(next.slice(0, previous.length)).toEqual(previous)
      }),
    )
  })

  test('answers the same array when nothing changed', () => {
    fc.assert(
      fc.property(people, (previous) => {
        expect(arrange(previous, [...previous].reverse())).toBe(previous)
      }),
    )
  })

  test('fills a gap with the last tile', () => {
    expect(arrange(['a', 'b', 'c', 'd'], ['a', 'c', 'd', 'e'])).toEqual(['a', 'd', 'c', 'e'])
  })
})

describe('promote', () => {
  const situation = people.chain((order) =>
    fc.record({
      order: fc.constant(order),
      id: order.length === 0 ? fc.constant('a') : fc.constantFrom(...order),
      start: fc.nat({ max: order.length }),
      size: fc.integer({ min: 1, max: 9 }),
      lastSpoke: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.nat()),
      fixed: fc.uniqueArray(fc.constantFrom<string[]>('a', 'b', 'c'), { maxLength: 3 }),
    }),
  )

  test('brings the speaker into sight, moves two tiles at most and no fixed one', () => {
    fc.assert(
      fc.property(situation, ({ order, id, start, size, lastSpoke, fixed }) => {
        const end = start + size
        const next = promote({
          order,
          id,
          start,
          end,
          lastSpoke: new Map(Object.entries(lastSpoke)),
          fixed: new Set(fixed),
        })
        expect([...next].sort()).toEqual([...order].sort())
        const moved = order.filter((other, index) => next[index] !== other)
        expect([0, 2]).toContain(moved.length)
        expect(moved.filter((other) => other !== id && fixed.includes(other))).toEqual([])
        const movable = order.slice(start, end).some((other) => !fixed.includes(other))
        if (movable && order.includes(id)) expect(next.slice(start, end)).toContain(id)
      }),
    )
  })

  test('displaces the one who has been silent longest', () => {
    const lastSpoke = new Map([
      ['b', 5],
      ['c', 9],
    ])
    const next = promote({
      order: ['a', 'b', 'c', 'd', 'e'],
      id: 'e',
      start: 0,
      end: 3,
      lastSpoke,
      fixed: new Set(['a']),
    })
    expect(next).toEqual(['a', 'e', 'c', 'd', 'b'])
  })
})
