'use client'

/**
 * The two switches that everyone needs at once, alike in the lobby and in the room: microphone and
 * camera. What they say is what a press does.
 */
import { CircleAlert, Mic, MicOff, Video, VideoOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { LocalMedia } from '../../_call/index.ts'
import { cx } from '../../_ui/cx.ts'
import { useStore } from '../_state/use-store.ts'
import { switchState } from './switch-state.ts'
import { ToolbarButton } from './toolbar-button.tsx'
import { useDeviceToast } from './use-device-toast.ts'

interface SwitchProps {
  localMedia: LocalMedia
  /** Stands on a picture, and brings its own ground. */
  onPicture?: boolean
}

/** *Mute* or *Unmute*. */
export function MicrophoneSwitch({ localMedia, onPicture = false }: SwitchProps): ReactNode {
  const t = useTranslations('class.room')
  const tell = useDeviceToast(localMedia)
  const { microphone } = useStore(localMedia.state)
  const shown = switchState(microphone)
  return (
    <ToolbarButton
      label={shown === 'off' ? t('unmute') : t('mute')}
      data-command="microphone"
      off={shown !== 'on'}
      onPicture={onPicture}
      icon={{ on: <Mic />, away: <CircleAlert />, off: <MicOff /> }[shown]}
      onClick={async () => {
        await localMedia.setMicrophone(shown === 'off')
        if (!onPicture) tell('microphone')
      }}
    />
  )
}

/** *Stop video* or *Start video*. */
export function CameraSwitch({ localMedia, onPicture = false }: SwitchProps): ReactNode {
  const t = useTranslations('class.room')
  const tell = useDeviceToast(localMedia)
  const { camera } = useStore(localMedia.state)
  const shown = switchState(camera)
  return (
    <ToolbarButton
      label={shown === 'off' ? t('startVideo') : t('stopVideo')}
      data-command="camera"
      off={shown !== 'on'}
      onPicture={onPicture}
      className={cx(camera.opening && shown === 'on' && 'animate-pulse')}
      icon={{ on: <Video />, away: <CircleAlert />, off: <VideoOff /> }[shown]}
      onClick={async () => {
        await localMedia.setCamera(shown === 'off')
        if (!onPicture) tell('camera')
      }}
    />
  )
}
