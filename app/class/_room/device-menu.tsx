'use client'

/**
 * Switching camera and microphone in the middle of a call.
 */
import { Settings2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { DeviceKind, LocalMedia } from '../../_call/index.ts'
import { Menu, MenuRadioGroup, MenuSeparator } from '../../_ui/menu.tsx'
import { useDeviceOptions } from '../_lobby/device-picker.tsx'
import { useStore } from '../_state/use-store.ts'
import { ToolbarButton } from './toolbar-button.tsx'

/** A menu of the devices that there are; absent while there are none. */
export function DeviceMenu({ localMedia }: { localMedia: LocalMedia }): ReactNode {
  const t = useTranslations('class.devices')
  const { camera, microphone } = useStore(localMedia.state)
  const cameras = useDeviceOptions('camera', camera)
  const microphones = useDeviceOptions('microphone', microphone)
  if (cameras.length + microphones.length === 0) return null
  const choose = (kind: DeviceKind) => (deviceId: string) => {
    void localMedia.choose(kind, deviceId)
  }
  return (
    <Menu
      side="top"
      align="center"
      trigger={<ToolbarButton label={t('label')} icon={<Settings2 aria-hidden="true" />} />}
    >
      {microphones.length === 0 ? null : (
        <MenuRadioGroup
          label={t('microphone')}
          value={microphone.deviceId ?? ''}
          options={microphones}
          onValueChange={choose('microphone')}
        />
      )}
      {microphones.length > 0 && cameras.length > 0 ? <MenuSeparator /> : null}
      {cameras.length === 0 ? null : (
        <MenuRadioGroup
          label={t('camera')}
          value={camera.deviceId ?? ''}
          options={cameras}
          onValueChange={choose('camera')}
        />
      )}
    </Menu>
  )
}
