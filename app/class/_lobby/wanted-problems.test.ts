import { expect, test } from 'vitest'
import type { LocalDevice } from '../../_call/index.ts'
import { onlyWantedProblems } from './wanted-problems.ts'

function device(wanted: boolean, problem: LocalDevice['problem']): LocalDevice {
  return {
    wanted,
    problem,
    track: null,
    opening: false,
    chosenId: null,
    deviceId: null,
    choices: [],
  }
}

test('whoever has no camera reads the same whether muted or not: nothing', () => {
  const camera = device(false, 'device-not-found')
  for (const unmuted of [true, false]) {
    const shown = onlyWantedProblems({ camera, microphone: device(unmuted, null) })
    expect([shown.camera.problem, shown.microphone.problem]).toEqual([null, null])
  }
})

test('a device that is on and went away is told of, and that one alone', () => {
  const shown = onlyWantedProblems({
    camera: device(true, 'device-in-use'),
    microphone: device(false, 'device-permission-refused'),
  })
  expect([shown.camera.problem, shown.microphone.problem]).toEqual(['device-in-use', null])
})
