/**
 * What is known of the camera or the microphone of this device, and the list of what there is to
 * choose from. It must never open anything.
 */
import type { CallErrorCode } from '../errors.ts'
import type { DeviceKind, MediaDevicesPort } from './capture.ts'

export type DeviceChoice = { deviceId: string; label: string }

/** Which device: what the person wants, and what they have. */
export type DeviceIds = {
  /** What the person chose, or what opened first where nothing was chosen: what to remember. */
  chosenId: string | null
  /** The device in use, or used last; null for the browser's default. */
  deviceId: string | null
}

export type LocalDevice = DeviceIds & {
  /** Whether the person wants it on: camera started, microphone unmuted. */
  wanted: boolean
  /** The open track; a muted microphone keeps it, a stopped camera does not. */
  track: MediaStreamTrack | null
  /** Whether it is being opened now. */
  opening: boolean
  /**
   * Why it could not be opened, or went away; beside a track, why another did not take its place.
   * Null while nothing is wrong.
   */
  problem: CallErrorCode | null
  choices: readonly DeviceChoice[]
}

export type LocalMediaState = Readonly<Record<DeviceKind, LocalDevice>>

/** A device before anything was opened; `preferredId` is remembered from an earlier visit. */
export function unopened(preferredId: string | null = null): LocalDevice {
  return {
    wanted: false,
    track: null,
    opening: false,
    problem: null,
    chosenId: preferredId,
    deviceId: preferredId,
    choices: [],
  }
}

/** What there is of each kind; nothing before the browser may use a device. */
export async function listChoices(
  devices: MediaDevicesPort,
): Promise<Record<DeviceKind, readonly DeviceChoice[]>> {
  const all = await devices.enumerateDevices()
  const choicesOf = (kind: MediaDeviceKind): readonly DeviceChoice[] =>
    all
      .filter((device) => device.kind === kind && device.deviceId !== '')
      .map(({ deviceId, label }) => ({ deviceId, label }))
  return { camera: choicesOf('videoinput'), microphone: choicesOf('audioinput') }
}

/** Whether the device that was chosen can be opened now. */
export function isChosenThere({ choices, chosenId }: LocalDevice): boolean {
  return choices.some(({ deviceId }) => deviceId === chosenId)
}
