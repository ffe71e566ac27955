'use client'

/**
 * The part of the settings about who comes in: guests, and who waits to be let in.
 */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { RadioGroup, Switch } from '../../../_ui/choice.tsx'
import type { SettingsDraft } from './settings-draft.ts'

/** Switch *Guests may attend*, radio group *Waiting room*. */
export function AccessSettings(props: {
  draft: SettingsDraft
  change: (part: Partial<SettingsDraft>) => void
}): ReactNode {
  const { draft, change } = props
  const t = useTranslations('courses')
  const words = useTranslations('courseAccess.waiting')
  return (
    <>
      <Switch
        label={t('guests')}
        hint={t('guestsHint')}
        checked={draft.guests}
        onCheckedChange={(guests) => {
          change({ guests })
        }}
      />
      <RadioGroup
        label={words('label')}
        value={draft.waitingRoom}
        onValueChange={(waitingRoom) => {
          change({ waitingRoom })
        }}
        options={[
          { value: 'off', label: words('off'), hint: words('offHint') },
          { value: 'guests', label: words('guests'), hint: words('guestsHint') },
          { value: 'everyone', label: words('everyone'), hint: words('everyoneHint') },
        ]}
      />
    </>
  )
}
