/**
 * Which problems of devices matter in a class: those of what a person has on and does not have. It must never speak of a
 * device that the person does without, which would come and go with the switch of the other one, nor of one that goes on.
 */
import type { LocalDevice, LocalMediaState } from '../../_call/index.ts'
import { switchState } from '../_room/switch-state.ts'

/** The same devices, each without its problem unless that very device is wanted and missing. */
export function onlyWantedProblems({ camera, microphone }: LocalMediaState): LocalMediaState {
  return { camera: onlyAway(camera), microphone: onlyAway(microphone) }
}

function onlyAway(device: LocalDevice): LocalDevice {
  return switchState(device) === 'away' ? device : { ...device, problem: null }
}
