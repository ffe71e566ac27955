'use client'

/**
 * The settings of a course, saved together. Where the consent text changes, the vault makes a new
 * generation of the course's key; the form says so before and after.
 */
import { useTranslations } from 'next-intl'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import { getVault } from '../../../_vault/client.ts'
import { Button } from '../../../_ui/button.tsx'
import { Notice, Section } from '../../../_ui/card.tsx'
import { RadioGroup, Switch } from '../../../_ui/choice.tsx'
import { sentenceFor } from '../../../_ui/data/failure.ts'
import { NumberField } from '../../../_ui/text-field.tsx'
import { AccessSettings } from './access-settings.tsx'
import type { CoursePartProps } from './course-page.tsx'
import { checkDraft, draftOf, type DraftErrors, type SettingsDraft } from './settings-draft.ts'

/** The form with button *Save settings*. */
export function SettingsForm({ course, saving, reload }: CoursePartProps): ReactNode {
  const t = useTranslations('courses')
  const [draft, setDraft] = useState<SettingsDraft>(() => draftOf(course.settings))
  const [errors, setErrors] = useState<DraftErrors>({})
  const [failed, setFailed] = useState<string>()
  const [renewed, setRenewed] = useState(false)
  const { minimumGroupFloor: floor, expressionAnalysis: allowed } = course.policy

  const change = (part: Partial<SettingsDraft>): void => {
    saving.forget()
    setRenewed(false)
    setDraft({ ...draft, ...part })
  }
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    setRenewed(false)
    const checked = checkDraft(draft, floor)
    setErrors(checked.errors ?? {})
    if (checked.errors) {
      setFailed(t('fixFirst'))
      return
    }
    setFailed(undefined)
    try {
      const { newGeneration } = await saving.run(async () => {
        const answer = await getVault().call('saveSettings', {
          courseId: course.id,
          settings: checked.settings,
        })
        await reload()
        return answer
      })
      setRenewed(newGeneration)
    } catch (cause) {
      setFailed(sentenceFor(cause))
    }
  }

  return (
    <Section id="settings" title={t('settingsTitle')} description={t('settingsLine')}>
      <form onSubmit={submit} noValidate className="grid gap-8">
        <RadioGroup
          label={t('readings')}
          value={draft.readings}
          onValueChange={(readings) => {
            change({ readings })
          }}
          options={[
            { value: 'off', label: t('readingsOff'), hint: t('readingsOffHint') },
            { value: 'check-ins', label: t('readingsCheckIns'), hint: t('readingsCheckInsHint') },
            {
              value: 'expression',
              label: t('readingsExpression'),
              hint: allowed ? t('readingsExpressionHint') : t('readingsForbidden'),
              disabled: !allowed,
            },
          ]}
        />
        <div className="grid gap-6 sm:grid-cols-3">
          <NumberField
            label={t('interval')}
            hint={t('intervalHint')}
            min={5}
            max={600}
            value={draft.intervalSeconds}
            error={errors.intervalSeconds && t('intervalError')}
            onChange={(event) => {
              change({ intervalSeconds: event.currentTarget.value })
            }}
          />
          <NumberField
            label={t('minimumGroup')}
            hint={t('minimumGroupHint', { floor })}
            min={floor}
            max={100}
            value={draft.minimumGroup}
            error={errors.minimumGroup && t('minimumGroupError', { floor })}
            onChange={(event) => {
              change({ minimumGroup: event.currentTarget.value })
            }}
          />
          <NumberField
            label={t('retention')}
            hint={t('retentionHint')}
            min={1}
            max={3650}
            value={draft.retentionDays}
            error={errors.retentionDays && t('retentionError')}
            onChange={(event) => {
              change({ retentionDays: event.currentTarget.value })
            }}
          />
        </div>
        <RadioGroup
          label={t('history')}
          value={draft.historyPolicy}
          onValueChange={(historyPolicy) => {
            change({ historyPolicy })
          }}
          options={[
            { value: 'totals', label: t('historyTotals'), hint: t('historyTotalsHint') },
            { value: 'full-history', label: t('historyFull'), hint: t('historyFullHint') },
          ]}
        />
        <div className="grid gap-6">
          <Switch
            label={t('support')}
            hint={t('supportHint')}
            checked={draft.support}
            onCheckedChange={(support) => {
              change({ support })
            }}
          />
          <AccessSettings draft={draft} change={change} />
        </div>
        {failed ? (
          <Notice tone="danger" alert>
            {failed}
          </Notice>
        ) : null}
        {renewed ? <Notice tone="success">{t('newGeneration')}</Notice> : null}
        <Button
          type="submit"
          className="justify-self-start max-sm:w-full"
          busy={saving.state === 'saving' && t('savingSettings')}
        >
          {t('saveSettings')}
        </Button>
      </form>
    </Section>
  )
}
