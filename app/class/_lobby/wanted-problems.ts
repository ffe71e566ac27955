/**
 * Which problems of devices matter in a class: those of what a person has on. It must never speak of a device
 * that the person does without, which would come and go with the switch of the other one.
 */
import type { LocalMediaState } from '../../_call/index.ts'

/** The same devices, each without its problem unless that very device is wanted. */
export function onlyWantedProblems({ camera, microphone }: LocalMediaState): LocalMediaState {
  return {
    camera: camera.wanted ? camera : { ...camera, problem: null },
    microphone: microphone.wanted ? microphone : { ...microphone, problem: null },
  }
}
