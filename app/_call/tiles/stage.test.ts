import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { focusShape, gridShape, type Rect } from './stage.ts'

const space = fc.record({
  width: fc.integer({ min: 300, max: 2_400 }),
  height: fc.integer({ min: 220, max: 1_400 }),
})
const total = fc.integer({ min: 1, max: 120 })

function overlap(one: Rect, other: Rect): boolean {
  const slack = 0.01
  return (
    one.x + one.width > other.x + slack &&
    other.x + other.width > one.x + slack &&
    one.y + one.height > other.y + slack &&
    other.y + other.height > one.y + slack
  )
}

describe.each([
  ['gridShape', gridShape],
  ['focusShape', focusShape],
])('%s', (_, shapeOf) => {
  test('no tile covers another or what is in front, and all lie in the space', () => {
    fc.assert(
      fc.property(space, total, (room, people) => {
        const shape = shapeOf(room, people)
        const places = shape.places(Math.min(people, shape.capacity))
        const all = shape.focus === null ? places : [...places, shape.focus]
        for (const [index, one] of all.entries()) {
          expect(one.x).toBeGreaterThanOrEqual(-0.01)
          expect(one.y).toBeGreaterThanOrEqual(-0.01)
          expect(one.x + one.width).toBeLessThanOrEqual(room.width + 0.01)
          expect(one.y + one.height).toBeLessThanOrEqual(room.height + 0.01)
          for (const other of all.slice(index + 1)) expect(overlap(one, other)).toBe(false)
        }
      }),
    )
  })
})

describe('focusShape', () => {
  test('what is in front keeps its place however many come and go', () => {
    fc.assert(
      fc.property(space, total, total, (room, some, others) => {
        expect(focusShape(room, some).focus).toEqual(focusShape(room, others).focus)
      }),
    )
  })

  test('what is in front has most of the space', () => {
    const { focus } = focusShape({ width: 1_200, height: 700 }, 5)
    expect((focus?.width ?? 0) * (focus?.height ?? 0)).toBeGreaterThan(0.8 * 1_200 * 700)
  })
})
