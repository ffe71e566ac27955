'use client'

/**
 * The two switches that everyone needs at once, alike in the lobby and in the room: microphone and
 * camera. What they say is what a press does.
 */
import { Mic, MicOff, Video, VideoOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { LocalMedia } from '../../_call/index.ts'
import { cx } from '../../_ui/cx.ts'
import { toast } from '../../_ui/toaster.tsx'
import { knownProblem } from '../_lobby/known-problem.ts'
import { useStore } from '../_state/use-store.ts'
import { ToolbarButton } from './toolbar-button.tsx'

interface SwitchProps {
  localMedia: LocalMedia
  /** Stands on a picture, and brings its own ground. */
  onPicture?: boolean
}

/** *Mute* or *Unmute*. */
export function MicrophoneSwitch({ localMedia, onPicture = false }: SwitchProps): ReactNode {
  const t = useTranslations('class.room')
  const words = useTranslations('class.devices')
  const { microphone } = useStore(localMedia.state)
  const on = microphone.track !== null && microphone.wanted
  return (
    <ToolbarButton
      label={on ? t('mute') : t('unmute')}
      data-command="microphone"
      off={!on}
      onPicture={onPicture}
      icon={on ? <Mic /> : <MicOff />}
      onClick={async () => {
        await localMedia.setMicrophone(!on)
        const problem = knownProblem(localMedia.state.getState().microphone)
        if (problem !== null && !onPicture) toast.error(words(`microphoneProblem.${problem}`))
      }}
    />
  )
}

/** *Stop video* or *Start video*. */
export function CameraSwitch({ localMedia, onPicture = false }: SwitchProps): ReactNode {
  const t = useTranslations('class.room')
  const words = useTranslations('class.devices')
  const { camera } = useStore(localMedia.state)
  const on = camera.track !== null || camera.opening
  return (
    <ToolbarButton
      label={on ? t('stopVideo') : t('startVideo')}
      data-command="camera"
      off={!on}
      onPicture={onPicture}
      className={cx(camera.opening && 'animate-pulse')}
      icon={on ? <Video /> : <VideoOff />}
      onClick={async () => {
        await localMedia.setCamera(!on)
        const problem = knownProblem(localMedia.state.getState().camera)
        if (problem !== null && !onPicture) toast.error(words(`cameraProblem.${problem}`))
      }}
    />
  )
}
