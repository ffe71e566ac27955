'use client'

/**
 * Who answers the consent: the person, or a parent or guardian who is there and types their own name. Nothing typed here
 * goes anywhere before the answer.
 */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { ConsentRequest } from '../../_vault/verbs.ts'
import { Checkbox, RadioGroup } from '../../_ui/choice.tsx'
import { TextField } from '../../_ui/text-field.tsx'
import type { Giver } from './giver.ts'

/** Radio group *Who answers*, textbox *Name of parent or guardian*, and the guardian's word. */
export function ConsentGiver(props: {
  by: ConsentRequest['by']
  /** Below it a guardian answers. */
  age: number
  giver: Giver
  missing: boolean
  onChange: (giver: Giver) => void
}): ReactNode {
  const { by, age, giver, missing, onChange } = props
  const t = useTranslations('class.readings')
  if (by === 'self') return null
  return (
    <div className="grid gap-4">
      {by === 'either' ? (
        <RadioGroup<'self' | 'guardian' | ''>
          label={t('giver')}
          value={giver.by ?? ''}
          error={missing && giver.by === null ? t('giverMissing') : undefined}
          options={[
            { value: 'self', label: t('giverSelf', { age }) },
            { value: 'guardian', label: t('giverGuardian', { age }) },
          ]}
          onValueChange={(next) => {
            if (next !== '') onChange({ ...giver, by: next })
          }}
        />
      ) : (
        <p className="text-[0.9375rem] leading-relaxed">{t('giverNeeded')}</p>
      )}
      {giver.by === 'guardian' ? (
        <>
          <TextField
            label={t('giverName')}
            hint={t('giverNameHint')}
            autoComplete="off"
            maxLength={100}
            value={giver.name}
            error={missing && giver.name.trim() === '' ? t('giverNameMissing') : undefined}
            onChange={(event) => {
              onChange({ ...giver, name: event.currentTarget.value })
            }}
          />
          <Checkbox
            label={t('giverConfirm')}
            checked={giver.confirmed}
            error={missing && !giver.confirmed ? t('giverConfirmMissing') : undefined}
            onCheckedChange={(confirmed) => {
              onChange({ ...giver, confirmed })
            }}
          />
        </>
      ) : null}
    </div>
  )
}
