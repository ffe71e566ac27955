'use client'

/**
 * Changes the password. Both passwords go to the vault alone, which wraps the account key anew.
 */
import { useTranslations } from 'next-intl'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import { getVault } from '../../../_vault/client.ts'
import { Button } from '../../../_ui/button.tsx'
import { Notice, Section } from '../../../_ui/card.tsx'
import type { Saving } from '../../../_ui/data/use-saving.ts'
import { codeOf, sentenceFor } from '../../../_ui/data/failure.ts'
import { PasswordField } from '../../../_ui/text-field.tsx'
import { PASSWORD_MINIMUM, textOf } from '../../_auth/form-values.ts'

interface Errors {
  current?: string
  next?: string
  form?: string
}

const WRONG_PASSWORD = ['wrong-password', 'wrong-credentials']

/** Textboxes *Current password* and *New password*, button *Change password*. */
export function PasswordForm({ saving }: { saving: Saving }): ReactNode {
  const t = useTranslations('account')
  const common = useTranslations('common')
  const [errors, setErrors] = useState<Errors>({})
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    const form = event.currentTarget
    const values = new FormData(form)
    const currentPassword = textOf(values, 'current')
    const newPassword = textOf(values, 'next')
    const found: Errors = {}
    if (currentPassword === '') found.current = t('currentMissing')
    if (newPassword.length < PASSWORD_MINIMUM) found.next = t('newShort')
    setErrors(found)
    if (Object.keys(found).length > 0) return
    try {
      await saving.run(() => getVault().call('changePassword', { currentPassword, newPassword }))
      form.reset()
    } catch (cause) {
      const field = WRONG_PASSWORD.includes(codeOf(cause)) ? 'current' : 'form'
      setErrors({ [field]: sentenceFor(cause) })
    }
  }
  const shared = { showLabel: common('showPassword'), hideLabel: common('hidePassword') }
  return (
    <Section id="password" title={t('passwordTitle')} description={t('passwordLine')}>
      <form onSubmit={submit} noValidate className="grid max-w-md gap-5">
        {errors.form ? (
          <Notice tone="danger" alert>
            {errors.form}
          </Notice>
        ) : null}
        <PasswordField
          name="current"
          label={t('currentPassword')}
          autoComplete="current-password"
          error={errors.current}
          {...shared}
        />
        <PasswordField
          name="next"
          label={t('newPassword')}
          hint={t('newPasswordHint')}
          autoComplete="new-password"
          error={errors.next}
          {...shared}
        />
        <Button
          type="submit"
          variant="secondary"
          className="justify-self-start max-sm:w-full"
          busy={saving.state === 'saving' && t('changing')}
        >
          {t('changePassword')}
        </Button>
      </form>
    </Section>
  )
}
