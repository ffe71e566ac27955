'use client'

/**
 * Changes the answer of the consent dialog at any time. In a class of check-ins it bears their name.
 */
import { useLocale, useTranslations } from 'next-intl'
import * as Switch from 'radix-ui/switch'
import { useId, useState, type ReactNode } from 'react'
import type { Readings } from '../../_call/readings/readings.ts'
import { consentStringOf } from '../../_messages/consent.ts'
import { consentTextId } from '../../_wire/consent.ts'
import { useStore } from '../_state/use-store.ts'
import { ConsentQuestion } from './consent-dialog.tsx'

/** The switch *Analysis*; absent where the class has no readings. */
export function AnalysisSwitch({ readings }: { readings: Readings }): ReactNode {
  const t = useTranslations('class.readings')
  const language = useLocale()
  const id = useId()
  const [saving, setSaving] = useState(false)
  const [asking, setAsking] = useState(false)
  const { entry, status } = useStore(readings.state)
  const textId = consentTextId.safeParse(entry?.consent.textId)
  if (status === 'off' || entry === null || entry.readings === 'off' || !textId.success) return null
  const change = async (allow: boolean): Promise<void> => {
    // A parent or guardian answers in the dialog, which says what for.
    if (allow && entry.consent.by !== 'self') {
      setAsking(true)
      return
    }
    setSaving(true)
    const text = consentStringOf(language, textId.data)
    await readings.answerConsent({
      allow,
      textId: textId.data,
      text,
      language,
      givenBy: 'self',
      giverName: '',
      statedAge: 0,
    })
    setSaving(false)
  }
  return (
    <div className="flex items-center gap-2.5">
      {asking ? (
        <ConsentQuestion
          readings={readings}
          entry={entry}
          onAnswered={() => {
            setAsking(false)
          }}
        />
      ) : null}
      <label htmlFor={id} className="text-sm text-ink-muted">
        {entry.readings === 'expression' ? t('analysis') : t('checkIns')}
      </label>
      <Switch.Root
        id={id}
        checked={entry.consent.state === 'allowed'}
        disabled={saving}
        onCheckedChange={(allow) => {
          void change(allow)
        }}
        className="h-7 w-12 shrink-0 rounded-full border-2 border-line-strong bg-sunken transition-colors disabled:opacity-55 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <Switch.Thumb className="block size-4.5 translate-x-0.75 rounded-full bg-line-strong transition-transform data-[state=checked]:translate-x-5.75 data-[state=checked]:bg-on-accent" />
      </Switch.Root>
    </div>
  )
}
