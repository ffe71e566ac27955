'use client'

/**
 * Switching camera and microphone in the middle of a call, with the meter that shows that it hears.
 */
import { Settings2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { Dialog } from '../../_ui/dialog.tsx'
import { SoundCheck } from '../_devices/lazy.tsx'
import { DevicePicker } from '../_lobby/device-picker.tsx'
import { DeviceProblem } from '../_lobby/device-problem.tsx'
import { LevelMeter } from '../_lobby/level-meter.tsx'
import type { Classroom } from '../_state/classroom.ts'
import { useStore } from '../_state/use-store.ts'
import { ToolbarButton } from './toolbar-button.tsx'

/** A button, and the dialog that it opens. */
export function DeviceDialog({ classroom }: { classroom: Classroom }): ReactNode {
  const t = useTranslations('class.devices')
  const [open, setOpen] = useState(false)
  return (
    <>
      <ToolbarButton
        label={t('label')}
        icon={<Settings2 aria-hidden="true" />}
        aria-haspopup="dialog"
        onClick={() => {
          setOpen(true)
        }}
      />
      <Dialog
        open={open}
        onOpenChange={setOpen}
        size="sm"
        title={t('label')}
        closeLabel={t('close')}
      >
        <Choices classroom={classroom} />
      </Dialog>
    </>
  )
}

function Choices({ classroom }: { classroom: Classroom }): ReactNode {
  const { localMedia, speaker, noise } = classroom
  const media = useStore(localMedia.state)
  const { camera, microphone } = media
  return (
    <div className="grid gap-5">
      <DeviceProblem media={media} />
      <DevicePicker localMedia={localMedia} kind="camera" device={camera} />
      <div className="grid gap-3">
        <DevicePicker localMedia={localMedia} kind="microphone" device={microphone} />
        <LevelMeter track={microphone.track} muted={!microphone.wanted} />
      </div>
      <SoundCheck localMedia={localMedia} speaker={speaker} noise={noise} />
    </div>
  )
}
