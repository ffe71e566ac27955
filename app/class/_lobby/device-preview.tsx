'use client'

/**
 * How one looks, with the two switches: in the lobby, and while one waits to be let in.
 */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { LocalMedia } from '../../_call/index.ts'
import { Avatar } from '../../_ui/avatar.tsx'
import { CameraSwitch, MicrophoneSwitch } from '../_room/device-switches.tsx'
import { switchState } from '../_room/switch-state.ts'
import { TileVideo } from '../_room/tile-video.tsx'
import { useStore } from '../_state/use-store.ts'

/** The own picture, or initials where there is none. */
export function DevicePreview(props: { localMedia: LocalMedia; name: string }): ReactNode {
  const { localMedia, name } = props
  const t = useTranslations('class.lobby')
  const { camera } = useStore(localMedia.state)
  return (
    <div
      data-theme="dark"
      className="relative isolate aspect-video overflow-hidden rounded-panel bg-sunken text-ink shadow-floating"
    >
      <div className="absolute inset-0 grid place-content-center justify-items-center gap-4">
        <Avatar name={name} size="xl" />
        <p className="text-sm text-ink-muted">
          {camera.opening && switchState(camera) === 'on' ? t('opening') : t('cameraOff')}
        </p>
      </div>
      {camera.track === null ? null : <TileVideo track={camera.track} mirrored />}
      <div className="absolute inset-x-0 bottom-0 flex justify-center gap-3 p-4">
        <MicrophoneSwitch localMedia={localMedia} onPicture />
        <CameraSwitch localMedia={localMedia} onPicture />
      </div>
    </div>
  )
}
