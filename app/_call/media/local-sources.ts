/**
 * What this device offers to send, from its devices and its shared screen: handed to the publisher,
 * and shown on the own tile whether or not it has arrived. It must never open or close anything.
 */
import type { MediaSource } from '../../../sfu/protocol/index.ts'
import type { LocalDevice } from '../devices/local-device.ts'
import type { LocalMedia } from '../devices/local-media.ts'
import type { ScreenShare } from '../screen/screen-share.ts'
import type { Feed } from '../state.ts'
import type { Publisher } from './publisher.ts'

export type LocalSources = { localMedia: LocalMedia; screen: ScreenShare }

/** Calls `changed` whenever something else is to be sent; answers what ends it. */
export function watchLocal({ localMedia, screen }: LocalSources, changed: () => void): () => void {
  const ends = [localMedia.state.subscribe(changed), screen.state.subscribe(changed)]
  return () => {
    for (const end of ends) end()
  }
}

/**
 * Tells the publisher what is wanted of every source now.
 *
 * @param resting the camera goes on, but is not sent for now
 */
export function wantLocal(
  publisher: Publisher,
  { localMedia, screen }: LocalSources,
  resting: boolean,
): void {
  const { camera, microphone } = localMedia.state.getState()
  const { track, audioTrack } = screen.state.getState()
  publisher.want('camera', { track: camera.track, paused: camera.track === null, resting })
  publisher.want('microphone', { track: microphone.track, paused: !microphone.wanted })
  publisher.want('screen', { track, paused: false })
  publisher.want('screen-audio', { track: audioTrack, paused: false })
}

/** What the own tile shows. */
export function ownFeeds(
  publisher: Publisher,
  { localMedia, screen }: LocalSources,
): Partial<Record<MediaSource, Feed>> {
  const { camera, microphone } = localMedia.state.getState()
  const { track } = screen.state.getState()
  const feedOf = (source: MediaSource, device: LocalDevice): Feed => ({
    producerId: publisher.producerId(source),
    paused: device.track === null || !device.wanted,
    track: device.track,
  })
  return {
    camera: feedOf('camera', camera),
    microphone: feedOf('microphone', microphone),
    ...(track !== null && {
      screen: { producerId: publisher.producerId('screen'), paused: false, track },
    }),
  }
}
