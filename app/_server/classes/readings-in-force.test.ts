import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_COURSE_SETTINGS, READINGS_MODES } from '../../_wire/settings.ts'
import { readingsInForce, type ReadingsCircumstances } from './readings-in-force.ts'

const settings = fc.record({
  ...Object.fromEntries(
    Object.entries(DEFAULT_COURSE_SETTINGS).map(([name, value]) => [name, fc.constant(value)]),
  ),
  readings: fc.constantFrom(...READINGS_MODES),
  intervalSeconds: fc.integer({ min: 5, max: 600 }),
  minimumGroup: fc.integer({ min: 2, max: 100 }),
}) as fc.Arbitrary<ReadingsCircumstances['settings']>

const circumstances: fc.Arbitrary<ReadingsCircumstances> = fc.record({
  settings,
  generationNeeded: fc.boolean(),
  newestGeneration: fc.integer({ min: 1, max: 3 }),
  policy: fc.record({
    expressionAnalysis: fc.constantFrom('off' as const, 'on' as const),
    minimumGroupFloor: fc.integer({ min: 2, max: 100 }),
  }),
  key: fc.option(
    fc.record({
      generation: fc.integer({ min: 1, max: 3 }),
      readings: fc.constantFrom('check-ins', 'expression'),
      intervalSeconds: fc.integer({ min: 5, max: 600 }),
      minimumGroup: fc.integer({ min: 2, max: 100 }),
    }),
  ),
})

describe('readingsInForce', () => {
  it('never reads expressions while the policy is off, nor anything while the course is', () => {
    fc.assert(
      fc.property(circumstances, (given) => {
        const { mode } = readingsInForce(given)
        if (given.policy.expressionAnalysis === 'off') expect(mode).not.toBe('expression')
        if (given.settings.readings === 'off') expect(mode).toBe('off')
      }),
    )
  })

  it('keeps interval and minimum group of the class key for the whole class', () => {
    fc.assert(
      fc.property(circumstances, (given) => {
        const { intervalSeconds, minimumGroup } = readingsInForce(given)
        if (given.key === null) {
          expect(intervalSeconds).toBe(given.settings.intervalSeconds)
          expect(minimumGroup).toBeGreaterThanOrEqual(given.policy.minimumGroupFloor)
        } else {
          expect({ intervalSeconds, minimumGroup }).toEqual({
            intervalSeconds: given.key.intervalSeconds,
            minimumGroup: given.key.minimumGroup,
          })
        }
      }),
    )
  })

  it('runs only with a class key of the newest generation that none is missing of', () => {
    fc.assert(
      fc.property(circumstances, (given) => {
        const { mode, paused } = readingsInForce(given)
        if (mode === 'off' || paused !== null) return
        expect(given.generationNeeded).toBe(false)
        expect(given.key?.generation).toBe(given.newestGeneration)
        expect(given.key?.readings).toBe(given.settings.readings)
      }),
    )
  })
})
