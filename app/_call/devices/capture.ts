/**
 * Opening a camera or a microphone, and saying in a stable code why it could not be opened. It must
 * never keep a track that it does not answer.
 */
import { CallError } from '../errors.ts'

export type DeviceKind = 'camera' | 'microphone'

/** The parts of `navigator.mediaDevices` that the engine uses. */
export type MediaDevicesPort = Pick<
  MediaDevices,
  'getUserMedia' | 'enumerateDevices' | 'addEventListener' | 'removeEventListener'
>

/** Sharp enough for a large tile, and light enough for a school's laptop to encode in three sizes. */
const PICTURE = {
  width: { ideal: 960 },
  height: { ideal: 540 },
  frameRate: { ideal: 24, max: 30 },
} as const satisfies MediaTrackConstraints

const SOUND = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
} as const satisfies MediaTrackConstraints

/**
 * Opens one device.
 *
 * @param deviceId the device to prefer; any other is taken when it is gone; null for the default
 * @throws CallError `device-permission-refused`, `device-not-found`, `device-in-use`,
 *   `device-unavailable`
 */
export async function openDevice(
  devices: MediaDevicesPort,
  kind: DeviceKind,
  deviceId: string | null,
): Promise<MediaStreamTrack> {
  try {
    const constraints = constraintsOf(kind, deviceId)
    if (deviceId === null) return await openTrack(devices, kind, constraints)
    // A wish alone is not always granted while another device of the kind is open.
    const strict = { ...constraints, deviceId: { exact: deviceId } }
    return await openTrack(devices, kind, strict).catch((error: unknown) => {
      if (!(error instanceof Error) || error.name !== 'OverconstrainedError') throw error
      return openTrack(devices, kind, constraints)
    })
  } catch (error) {
    throw error instanceof CallError ? error : captureError(error)
  }
}

async function openTrack(
  devices: MediaDevicesPort,
  kind: DeviceKind,
  wanted: MediaTrackConstraints,
): Promise<MediaStreamTrack> {
  const stream = await devices.getUserMedia(
    kind === 'camera' ? { video: wanted } : { audio: wanted },
  )
  const [track] = kind === 'camera' ? stream.getVideoTracks() : stream.getAudioTracks()
  if (track === undefined) throw new CallError('device-not-found', `openTrack() [kind:${kind}]`)
  return track
}

/**
 * Opens camera and microphone together, so that the browser asks its question once. What cannot be
 * had together is tried one by one.
 *
 * @returns for each a track or the error that says why there is none
 */
export async function openBoth(
  devices: MediaDevicesPort,
  ids: Readonly<Record<DeviceKind, string | null>>,
): Promise<Record<DeviceKind, MediaStreamTrack | CallError>> {
  try {
    const stream = await devices.getUserMedia({
      video: constraintsOf('camera', ids.camera),
      audio: constraintsOf('microphone', ids.microphone),
    })
    const [camera] = stream.getVideoTracks()
    const [microphone] = stream.getAudioTracks()
    if (camera !== undefined && microphone !== undefined) return { camera, microphone }
    for (const track of stream.getTracks()) track.stop()
  } catch (error) {
    const reason = captureError(error)
    if (reason.code === 'device-permission-refused') return { camera: reason, microphone: reason }
  }
  return {
    microphone: await openOr(devices, 'microphone', ids.microphone),
    camera: await openOr(devices, 'camera', ids.camera),
  }
}

async function openOr(
  devices: MediaDevicesPort,
  kind: DeviceKind,
  id: string | null,
): Promise<MediaStreamTrack | CallError> {
  try {
    return await openDevice(devices, kind, id)
  } catch (error) {
    return captureError(error)
  }
}

function constraintsOf(kind: DeviceKind, deviceId: string | null): MediaTrackConstraints {
  const wanted = kind === 'camera' ? PICTURE : SOUND
  return deviceId === null ? wanted : { ...wanted, deviceId: { ideal: deviceId } }
}

/** The stable code of what `getUserMedia` threw (names: W3C Media Capture and Streams). */
export function captureError(error: unknown): CallError {
  if (error instanceof CallError) return error
  const name = error instanceof Error ? error.name : ''
  const code =
    {
      NotAllowedError: 'device-permission-refused' as const,
      SecurityError: 'device-permission-refused' as const,
      NotFoundError: 'device-not-found' as const,
      OverconstrainedError: 'device-not-found' as const,
      NotReadableError: 'device-in-use' as const,
      AbortError: 'device-in-use' as const,
    }[name] ?? 'device-unavailable'
  return new CallError(code, `captureError() [name:${name}]`, { cause: error })
}
