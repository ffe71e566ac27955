import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EMOTIONS } from './emotions.ts'
import { engagementOf, isDistracted } from './engagement.ts'
import { BEHAVIOUR, ENGAGEMENT } from './reading.ts'

const emotion = fc.option(fc.constantFrom(...EMOTIONS), { nil: null })
const bits = fc.integer({ min: 0, max: 7 })

describe('engagementOf', () => {
  it.each([
    ['neutral', 'engaged'],
    ['happy', 'engaged'],
    ['surprise', 'engaged'],
    ['fear', 'partiallyEngaged'],
    ['sad', 'notEngaged'],
    ['anger', 'notEngaged'],
    ['disgust', 'notEngaged'],
    ['contempt', 'notEngaged'],
  ] as const)('reads %s as %s', (name, level) => {
    expect(engagementOf(name, 0)).toBe(ENGAGEMENT[level])
  })

  it('leaves an unclear reading unclear', () => {
    expect(engagementOf(null, 0)).toBe(ENGAGEMENT.unclear)
    expect(engagementOf(null, BEHAVIOUR.faceSeenEarlier)).toBe(ENGAGEMENT.unclear)
  })

  it('lets a distracting behaviour override every emotion', () => {
    fc.assert(
      fc.property(emotion, fc.constantFrom(1, 2, 3), (name, elsewhere) => {
        expect(engagementOf(name, elsewhere | BEHAVIOUR.faceSeenEarlier)).toBe(
          ENGAGEMENT.distracted,
        )
      }),
    )
  })

  it('never says distracted when no face was seen earlier in the class', () => {
    fc.assert(
      fc.property(emotion, bits, (name, behaviour) => {
        expect(engagementOf(name, behaviour & ~BEHAVIOUR.faceSeenEarlier)).not.toBe(
          ENGAGEMENT.distracted,
        )
      }),
    )
  })

  it('says distracted exactly when the behaviour does, and unclear only without an emotion', () => {
    fc.assert(
      fc.property(emotion, bits, (name, behaviour) => {
        const level = engagementOf(name, behaviour)
        expect(level === ENGAGEMENT.distracted).toBe(isDistracted(behaviour))
        if (name !== null) expect(level).not.toBe(ENGAGEMENT.unclear)
      }),
    )
  })
})
