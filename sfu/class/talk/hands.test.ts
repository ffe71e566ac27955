import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AccountId, accountIdSchema, HAND_KEPT_MILLISECONDS } from '../../protocol/index.ts'
import { ManualClock } from '../../testing/manual-clock.ts'
import { Hands } from './hands.ts'

const people = Array.from({ length: 5 }, () => accountIdSchema.parse(randomUUID()))
const [ana, ben, cleo] = people as [AccountId, AccountId, AccountId]

function set() {
  const clock = new ManualClock()
  return { clock, hands: new Hands(clock) }
}

test('stand in the order in which they were raised; raising twice changes nothing', () => {
  const { hands } = set()
  expect([hands.raise(ben), hands.raise(ana), hands.raise(ben)]).toEqual([true, true, false])
  expect(hands.accountIds).toEqual([ben, ana])
  expect([hands.lower(ben), hands.lower(ben)]).toEqual([true, false])
  hands.raise(ben)
  expect(hands.accountIds).toEqual([ana, ben])
})

test('a person who comes back in time has the old place, later none', () => {
  const { clock, hands } = set()
  for (const one of [ana, ben, cleo]) hands.raise(one)
  hands.left(ana)
  hands.left(ben)
  clock.advance(HAND_KEPT_MILLISECONDS - 1)
  expect(hands.came(ben)).toBe(true)
  expect(hands.accountIds).toEqual([ben, cleo])
  clock.advance(1)
  expect(hands.came(ana)).toBe(false)
})

test('lowering all lowers those too who are on their way back', () => {
  const { hands } = set()
  hands.raise(ana)
  hands.raise(ben)
  hands.left(ana)
  expect(hands.lowerAll()).toBe(true)
  expect(hands.came(ana)).toBe(false)
  expect(hands.lowerAll()).toBe(false)
})

test('whatever happens, nobody has two hands, and the order is that of raising', () => {
  const step = fc.tuple(fc.constantFrom('raise', 'lower', 'left', 'came'), fc.nat({ max: 4 }))
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const { hands } = set()
      const expected = new Map<AccountId, number>()
      const away = new Map<AccountId, number>()
      for (const [index, [what, who]] of steps.entries()) {
        const id = people[who] ?? ana
        hands[what](id)
        const at = expected.get(id)
        if (what === 'raise' && at === undefined) expected.set(id, index)
        if (what === 'lower' || what === 'left') expected.delete(id)
        if (what === 'left' && at !== undefined) away.set(id, at)
        const back = away.get(id)
        if (what === 'came' && back !== undefined) {
          expected.set(id, back)
          away.delete(id)
        }
      }
      const order = [...expected].toSorted(([, a], [, b]) => a - b).map(([id]) => id)
      expect(hands.accountIds).toEqual(order)
    }),
  )
})
