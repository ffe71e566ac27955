import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  accountIdSchema,
  MAX_PRODUCERS,
  SOURCE_BURST,
  SOURCE_SWITCH_BURST,
  SOURCE_SWITCHES_PER_SECOND,
} from '../protocol/index.ts'
import { Redacted } from '../redacted.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { SourcePace } from './source-pace.ts'

function set() {
  const clock = new ManualClock()
  const pace = new SourcePace(clock)
  const person = () => ({ accountId: new Redacted(accountIdSchema.parse(randomUUID())) })
  /** How many of so many attempts are not refused. */
  const taken = (what: 'start' | 'switch', who: ReturnType<typeof person>, tries: number) => {
    let count = 0
    for (let index = 0; index < tries; index += 1) {
      try {
        pace[what](who)
        count += 1
      } catch (error) {
        expect(error).toMatchObject({ code: 'rate-limited' })
      }
    }
    return count
  }
  return { clock, person, taken }
}

test('whoever begins to send in a loop is held to one a second, and nobody else is', () => {
  const { clock, person, taken } = set()
  const [churner, other] = [person(), person()]
  expect(taken('start', churner, 500)).toBe(SOURCE_BURST)
  clock.advance(1_000)
  expect(taken('start', churner, 500)).toBe(1)
  expect(taken('start', other, MAX_PRODUCERS)).toBe(MAX_PRODUCERS)
})

test('another membership of the same account does not start afresh', () => {
  const { person, taken } = set()
  const one = person()
  taken('start', one, SOURCE_BURST)
  expect(taken('start', { accountId: new Redacted(one.accountId.reveal()) }, 1)).toBe(0)
})

test('media that is built anew every ten seconds, with all sources, is never held up', () => {
  const { clock, person, taken } = set()
  const unlucky = person()
  for (let round = 0; round < 60; round += 1) {
    expect(taken('start', unlucky, MAX_PRODUCERS)).toBe(MAX_PRODUCERS)
    clock.advance(10_000)
  }
})

test('switching on and off has a rate of its own', () => {
  const { clock, person, taken } = set()
  const one = person()
  expect(taken('switch', one, 500)).toBe(SOURCE_SWITCH_BURST)
  expect(taken('start', one, 1)).toBe(1)
  clock.advance(1_000)
  expect(taken('switch', one, 500)).toBe(SOURCE_SWITCHES_PER_SECOND)
})
