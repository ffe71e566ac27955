import { describe, expect, test } from 'vitest'
import { LocalMedia } from '../../_call/index.ts'
import { FakeTrack } from '../../_call/testing/fake-track.ts'
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

  test('says of a device that goes on that another did not take its place', () => {
    const running = { ...CAMERA, track: new FakeTrack('video') }
    expect(knownProblem({ ...running, problem: 'device-in-use' })).toBe('device-kept')
  })

  test('has words for codes that it does not know', () => {
    expect(knownProblem({ ...CAMERA, problem: 'request-timeout' })).toBe('device-unavailable')
  })
})
