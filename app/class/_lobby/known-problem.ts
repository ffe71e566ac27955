/**
 * Which words there are for what is wrong with a device. It must never say that none was found where
 * the chosen one alone is away, or that a device is lost which goes on.
 */
import type { LocalDevice } from '../../_call/index.ts'

const KNOWN = [
  'device-permission-refused',
  'device-not-found',
  'device-in-use',
  'device-unavailable',
] as const

export type KnownProblem = (typeof KNOWN)[number] | 'device-away' | 'device-kept'

/** The name of the words for a device's problem; null while nothing is wrong. */
export function knownProblem(device: LocalDevice): KnownProblem | null {
  const { problem, track, chosenId, choices } = device
  if (problem === null) return null
  if (track !== null) return 'device-kept'
  const others = choices.length > 0 && choices.every(({ deviceId }) => deviceId !== chosenId)
  if (problem === 'device-not-found' && chosenId !== null && others) return 'device-away'
  return KNOWN.find((code) => code === problem) ?? 'device-unavailable'
}
