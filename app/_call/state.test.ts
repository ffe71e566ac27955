import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Member,
  memberSchema,
  type Notification,
  type ProducerInfo,
  producerInfoSchema,
} from '../../sfu/protocol/index.ts'
import { EMPTY_ROLL, followRoll, peopleOf, type Roll } from './state.ts'

const idOf = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

const member = (number: number, name = `Person ${number}`): Member =>
  memberSchema.parse({
    memberId: idOf(number),
    accountId: idOf(1000 + number),
    name,
    role: 'student',
    connected: true,
  })

const producer = (number: number, of: number): ProducerInfo =>
  producerInfoSchema.parse({
    producerId: `p${number}`,
    memberId: idOf(of),
    kind: 'video',
    source: 'camera',
    paused: false,
  })

const message: fc.Arbitrary<Notification> = fc
  .tuple(fc.nat({ max: 5 }), fc.nat({ max: 5 }), fc.boolean(), fc.nat({ max: 5 }))
  .map(([kind, person, paused, item]): Notification => {
    const { memberId } = member(person)
    const { producerId } = producer(item, person)
    switch (kind) {
      case 0:
        return { notification: 'memberJoined', data: { member: member(person) } }
      case 1:
        return { notification: 'memberLeft', data: { memberId } }
      case 2:
        return { notification: 'memberUpdated', data: { member: member(person, 'Renamed') } }
      case 3:
        return { notification: 'producerAdded', data: { producer: producer(item, person) } }
      case 4:
        return { notification: 'producerUpdated', data: { producerId, paused } }
      default:
        return { notification: 'producerClosed', data: { producerId } }
    }
  })

const follow = (messages: readonly Notification[]): Roll => messages.reduce(followRoll, EMPTY_ROLL)

describe('followRoll', () => {
  test('nobody and nothing is ever there twice, in whatever order messages come', () => {
    fc.assert(
      fc.property(fc.array(message), (messages) => {
        const { members, producers } = follow(messages)
        expect(new Set(members.map(({ memberId }) => memberId)).size).toBe(members.length)
        expect(new Set(producers.map(({ producerId }) => producerId)).size).toBe(producers.length)
      }),
    )
  })

  test('who leaves takes along what was sent', () => {
    fc.assert(
      fc.property(fc.array(message), fc.nat({ max: 5 }), (messages, person) => {
        const { memberId } = member(person)
        const left = followRoll(follow(messages), {
          notification: 'memberLeft',
          data: { memberId },
        })
        expect(left.members.some((other) => other.memberId === memberId)).toBe(false)
        expect(left.producers.some((other) => other.memberId === memberId)).toBe(false)
      }),
    )
  })

  test('what says nothing of people changes nothing', () => {
    const roll = follow([{ notification: 'memberJoined', data: { member: member(1) } }])
    expect(followRoll(roll, { notification: 'clock', data: { now: 1 } })).toBe(roll)
  })
})

describe('peopleOf', () => {
  test('whoever did not change stays the same object, and so does the whole', () => {
    fc.assert(
      fc.property(fc.array(message), fc.nat({ max: 5 }), (messages, changed) => {
        const roll = follow(messages)
        const none = (): null => null
        const before = peopleOf([], roll, null, none, {})
        expect(peopleOf(before, { ...roll }, null, none, {})).toBe(before)
        const after = peopleOf(
          before,
          followRoll(roll, {
            notification: 'memberUpdated',
            data: { member: member(changed, 'Somebody else') },
          }),
          null,
          none,
          {},
        )
        for (const person of after) {
          if (person.memberId === idOf(changed)) continue
          expect(before).toContain(person)
        }
      }),
    )
  })

  test('one’s own tile shows what this device sends, not what the server has heard of', () => {
    const roll = follow([
      { notification: 'memberJoined', data: { member: member(1) } },
      { notification: 'producerAdded', data: { producer: producer(1, 1) } },
    ])
    const own = { camera: { producerId: null, paused: true, track: null } }
    const [self] = peopleOf([], roll, idOf(1), () => null, own)
    expect(self?.isSelf).toBe(true)
    expect(self?.feeds).toEqual(own)
  })
})
