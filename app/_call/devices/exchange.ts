/**
 * Putting one device in the place of another of its kind that runs. The new one is opened beside the
 * old one, so that nothing stands still in between; only where the two cannot run at a time, as on
 * many phones, does the old one make room first. It must never cost a person the device that worked.
 */
import { CallError } from '../errors.ts'
import type { DeviceWish, Opened } from './capture.ts'

export type Exchange = {
  open: (wish: DeviceWish) => Promise<Opened>
  wish: DeviceWish
  /** The device that runs. */
  former: DeviceWish
  /** Closes the one that runs. */
  makeRoom: () => void
  /** Whether something else was asked for meanwhile; then whoever asked stops what was opened. */
  overtaken: () => boolean
}

export type Exchanged =
  | { outcome: 'new'; track: MediaStreamTrack }
  /** The old one went on all the while. */
  | { outcome: 'kept'; problem: CallError }
  /** The old one made room, and was opened again. */
  | { outcome: 'back'; track: MediaStreamTrack; problem: CallError }
  /** The old one made room in vain, and could not be opened again. */
  | { outcome: 'lost'; problem: CallError }

/** Opens the new device; answers which of the two runs now. */
export async function exchange(options: Exchange): Promise<Exchanged> {
  const { open, wish, former, makeRoom, overtaken } = options
  const beside = await open(wish)
  if (!(beside instanceof CallError)) return { outcome: 'new', track: beside }
  if (beside.code !== 'device-in-use' || overtaken()) return { outcome: 'kept', problem: beside }
  makeRoom()
  const alone = await open(wish)
  if (!(alone instanceof CallError)) return { outcome: 'new', track: alone }
  if (overtaken()) return { outcome: 'lost', problem: alone }
  const back = await open(former)
  if (back instanceof CallError) return { outcome: 'lost', problem: back }
  return { outcome: 'back', track: back, problem: alone }
}
