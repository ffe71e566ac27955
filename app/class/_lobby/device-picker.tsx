'use client'

/**
 * The choice of a camera or microphone. Names come from the browser once it may use a device; until
 * then there is nothing to choose.
 */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { DeviceKind, LocalDevice, LocalMedia } from '../../_call/index.ts'
import { Select, type SelectOption } from '../../_ui/select.tsx'

/** The devices of one kind as options, named even where the browser does not name them. */
export function useDeviceOptions(kind: DeviceKind, device: LocalDevice): readonly SelectOption[] {
  const t = useTranslations('class.lobby')
  const unnamed = kind === 'camera' ? 'unnamedCamera' : 'unnamedMicrophone'
  return device.choices.map(({ deviceId, label }, index) => ({
    value: deviceId,
    label: label === '' ? t(unnamed, { number: index + 1 }) : label,
  }))
}

/** A labelled select of the devices of one kind. */
export function DevicePicker(props: {
  localMedia: LocalMedia
  kind: DeviceKind
  device: LocalDevice
}): ReactNode {
  const { localMedia, kind, device } = props
  const t = useTranslations('class.lobby')
  const options = useDeviceOptions(kind, device)
  const nothing = options.length === 0
  const known = nothing || options.some(({ value }) => value === device.deviceId)
  // What is not there is not shown as if it were; and what is there can be chosen in its place.
  const unknown = t(device.deviceId === null ? 'defaultDevice' : 'awayDevice')
  return (
    <Select
      label={t(kind)}
      options={nothing ? [{ value: '', label: t('defaultDevice') }] : options}
      {...(known ? {} : { placeholder: unknown })}
      value={known && !nothing ? (device.deviceId ?? '') : ''}
      disabled={nothing}
      onValueChange={(deviceId) => {
        void localMedia.choose(kind, deviceId)
      }}
    />
  )
}
