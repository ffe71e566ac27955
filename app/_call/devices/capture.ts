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

/** Which device of a kind is to be opened. */
export type DeviceWish = {
  /** Asked for one after the other; the first that is there is taken. */
  ids: readonly string[]
  /** Whether any other may be taken where none of them is there. */
  orAny: boolean
}

/** Whatever the browser or the system has set. */
export const ANY_DEVICE: DeviceWish = { ids: [], orAny: true }

/** A track, or why there is none. */
export type Opened = MediaStreamTrack | CallError

/**
 * Opens one device.
 *
 * @returns its track, or the error that says why there is none: `device-permission-refused`,
 *   `device-not-found`, `device-in-use`, `device-unavailable`
 */
export async function openDevice(
  devices: MediaDevicesPort,
  kind: DeviceKind,
  { ids, orAny }: DeviceWish,
): Promise<Opened> {
  const wanted = constraintsOf(kind, null)
  let absence: CallError | null = null
  for (const id of ids) {
    try {
      // A wish alone is not always granted while another device of the kind is open.
      return await openTrack(devices, kind, { ...wanted, deviceId: { exact: id } })
    } catch (error) {
      absence = captureError(error)
      if (!(error instanceof Error) || error.name !== 'OverconstrainedError') return absence
    }
  }
  if (absence !== null && !orAny) return absence
  try {
    return await openTrack(devices, kind, wanted)
  } catch (error) {
    return captureError(error)
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
 * @param ids the devices to prefer, null for the default; any other is taken where one is not there
 * @returns for each a track or the error that says why there is none
 */
export async function openBoth(
  devices: MediaDevicesPort,
  ids: Readonly<Record<DeviceKind, string | null>>,
): Promise<Record<DeviceKind, Opened>> {
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
  const wishFor = (id: string | null): DeviceWish => ({ ids: id === null ? [] : [id], orAny: true })
  return {
    microphone: await openDevice(devices, 'microphone', wishFor(ids.microphone)),
    camera: await openDevice(devices, 'camera', wishFor(ids.camera)),
  }
}

function constraintsOf(kind: DeviceKind, deviceId: string | null): MediaTrackConstraints {
  const wanted = kind === 'camera' ? PICTURE : SOUND
  return deviceId === null ? wanted : { ...wanted, deviceId: { ideal: deviceId } }
}

/** The stable code of what `getUserMedia` threw (names: W3C Media Capture and Streams). */
function captureError(error: unknown): CallError {
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
