import { describe, expect, test } from 'vitest'
import { LocalMedia } from '../../_call/index.ts'
import { knownProblem } from './known-problem.ts'

const { camera: CAMERA } = new LocalMedia({ devices: undefined }).state.getState()
const BUILT_IN = { deviceId: 'built-in', label: '' }

describe('knownProblem', () => {
  test('is nothing while nothing is wrong', () => {
    expect(knownProblem(CAMERA)).toBeNull()
  })

  test('tells a chosen device that is away from there being none at all', () => {
    const lost = { ...CAMERA, problem: 'device-not-found' as const, chosenId: 'usb' }
    expect(knownProblem(lost)).toBe('device-not-found')
    expect(knownProblem({ ...lost, choices: [BUILT_IN] })).toBe('device-away')
    expect(knownProblem({ ...lost, chosenId: null, choices: [BUILT_IN] })).toBe('device-not-found')
  })

  test('has words for codes that it does not know', () => {
    expect(knownProblem({ ...CAMERA, problem: 'request-timeout' })).toBe('device-unavailable')
  })
})
