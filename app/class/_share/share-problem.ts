/** Which sentence belongs to what ended a share, or kept it from starting. */

const KNOWN = [
  'screen-unsupported',
  'screen-blocked',
  'screen-unavailable',
  'screen-forbidden',
  'media-refused',
] as const

export type ShareProblem = (typeof KNOWN)[number] | 'other'

/** @param code the code that the engine or the media server gave */
export function knownShareProblem(code: string): ShareProblem {
  return KNOWN.find((known) => known === code) ?? 'other'
}
