'use client'

/** Takes noise out of the own microphone, or leaves that to the browser; remembered on this device. */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { LocalMedia, NoiseFilter } from '../../_call/index.ts'
import { Switch } from '../../_ui/switch.tsx'
import { useStore } from '../_state/use-store.ts'

/** *Remove background noise*; nothing where the browser cannot. */
export function NoiseSwitch(props: { localMedia: LocalMedia; noise: NoiseFilter }): ReactNode {
  const { localMedia, noise } = props
  const t = useTranslations('devices.noise')
  const { on, failed } = useStore(noise.state)
  if (!noise.supported) return null
  return (
    <Switch
      label={t('label')}
      hint={failed ? t('failed') : t('hint')}
      checked={on}
      onCheckedChange={(wanted) => {
        noise.set(wanted)
        void localMedia.renew('microphone')
      }}
    />
  )
}
