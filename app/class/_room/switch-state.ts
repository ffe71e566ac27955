/**
 * What the switch of a device shows. It must never say *off* of a device that would open by itself:
 * a microphone that seemed muted would come back live.
 */
import type { LocalDevice } from '../../_call/index.ts'

/** `away` is wanted and missing: it opens by itself once it is there, and a press calls that off. */
export type SwitchState = 'on' | 'away' | 'off'

/** The state of a device's switch; a press switches off whatever is not `off`. */
export function switchState({ wanted, track, problem }: LocalDevice): SwitchState {
  if (!wanted) return 'off'
  return track === null && problem !== null ? 'away' : 'on'
}
