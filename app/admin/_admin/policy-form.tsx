'use client'

/**
 * The form of the school's policy, saved together with button *Save policy*.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useMemo, useState, type ReactNode, type SubmitEvent } from 'react'
import type { PolicyFields } from '../../_wire/school.ts'
import { Button } from '../../_ui/button.tsx'
import { Notice, Section } from '../../_ui/card.tsx'
import { Checkbox, Switch } from '../../_ui/choice.tsx'
import { useSaving } from '../../_ui/data/use-saving.ts'
import { sentenceFor } from '../../_ui/data/failure.ts'
import { callWire, keys } from '../../_ui/data/wire.ts'
import { SavedStatus } from '../../_ui/saved-status.tsx'
import { Select } from '../../_ui/select.tsx'
import { NumberField, TextArea } from '../../_ui/text-field.tsx'
import { countryName, countryOptions } from './country-names.ts'
import {
  asksForReason,
  checkPolicy,
  draftOf,
  type PolicyDraft,
  type PolicyErrors,
} from './policy-draft.ts'

/** Switch *Expression analysis* and what goes with it. */
export function PolicyForm({ policy }: { policy: PolicyFields }): ReactNode {
  const t = useTranslations('admin')
  const locale = useLocale()
  const cache = useQueryClient()
  const saving = useSaving()
  const [draft, setDraft] = useState<PolicyDraft>(() => draftOf(policy))
  const [errors, setErrors] = useState<PolicyErrors>({})
  const [failed, setFailed] = useState<string>()
  const countries = useMemo(() => countryOptions(locale), [locale])

  const change = (part: Partial<PolicyDraft>): void => {
    saving.forget()
    setDraft({ ...draft, ...part })
  }
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    const { body, errors: missing } = checkPolicy(draft)
    setErrors(missing ?? {})
    if (missing) {
      setFailed(t('fixFirst'))
      return
    }
    setFailed(undefined)
    try {
      await saving.run(async () => {
        await callWire('savePolicy', {}, body)
        await cache.invalidateQueries({ queryKey: keys.policy })
        await cache.invalidateQueries({ queryKey: ['session'] })
      })
    } catch (cause) {
      setFailed(sentenceFor(cause))
    }
  }

  return (
    <>
      <form onSubmit={submit} noValidate className="grid gap-6">
        <Section id="analysis" title={t('analysisTitle')}>
          <Switch
            label={t('expressionAnalysis')}
            hint={t('expressionHint')}
            checked={draft.expressionAnalysis}
            onCheckedChange={(expressionAnalysis) => {
              change({ expressionAnalysis })
            }}
          />
          <Select
            label={t('country')}
            hint={t('countryHint')}
            placeholder={t('countryChoose')}
            className="max-w-md"
            value={draft.country}
            options={countries}
            error={errors.country && t('countryMissing')}
            onValueChange={(country) => {
              change({ country })
            }}
          />
          {asksForReason(draft) ? (
            <TextArea
              label={t('reason')}
              hint={t('reasonHint', { country: countryName(draft.country, locale) })}
              maxLength={2000}
              value={draft.reason}
              error={errors.reason && t('reasonMissing')}
              onChange={(event) => {
                change({ reason: event.currentTarget.value })
              }}
            />
          ) : null}
          <Checkbox
            label={t('confirm')}
            hint={t('confirmHint')}
            checked={draft.lawfulConfirmed}
            error={errors.lawfulConfirmed && t('confirmMissing')}
            onCheckedChange={(lawfulConfirmed) => {
              change({ lawfulConfirmed })
            }}
          />
        </Section>
        <Section id="rules" title={t('rulesTitle')}>
          <Switch
            label={t('openSignUp')}
            hint={t('openSignUpHint')}
            checked={draft.openSignUp}
            onCheckedChange={(openSignUp) => {
              change({ openSignUp })
            }}
          />
          <NumberField
            label={t('floor')}
            hint={t('floorHint')}
            min={2}
            max={100}
            value={draft.minimumGroupFloor}
            error={errors.minimumGroupFloor && t('floorError')}
            onChange={(event) => {
              change({ minimumGroupFloor: event.currentTarget.value })
            }}
          />
          <NumberField
            label={t('guardianAge')}
            hint={t('guardianAgeHint')}
            min={0}
            max={25}
            value={draft.guardianAge}
            error={errors.guardianAge && t('guardianAgeError')}
            onChange={(event) => {
              change({ guardianAge: event.currentTarget.value })
            }}
          />
        </Section>
        {failed ? (
          <Notice tone="danger" alert>
            {failed}
          </Notice>
        ) : null}
        <Button
          type="submit"
          className="justify-self-start max-sm:w-full"
          busy={saving.state === 'saving' && t('savingPolicy')}
        >
          {t('savePolicy')}
        </Button>
      </form>
      <SavedStatus state={saving.state} />
    </>
  )
}
