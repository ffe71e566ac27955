'use client'

/**
 * Begins an account anew by a code of the school, after saying what is lost. Code and password go to the vault alone.
 */
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import { getVault } from '../../_vault/client.ts'
import { Button } from '../../_ui/button.tsx'
import { Notice } from '../../_ui/card.tsx'
import { Checkbox } from '../../_ui/choice.tsx'
import { sentenceFor } from '../../_ui/data/failure.ts'
import { PasswordField, TextField } from '../../_ui/text-field.tsx'
import { AuthCard, linkStyle } from './auth-card.tsx'
import { looksLikeEmail, PASSWORD_MINIMUM, textOf } from './form-values.ts'
import { RecoveryCode } from './recovery-code.tsx'
import { useGoOn } from './use-go-on.ts'

interface Errors {
  email?: string
  code?: string
  password?: string
  agreed?: string
  form?: string
}

/** The page `/reset`. */
export function ResetForm(): ReactNode {
  const t = useTranslations('care')
  const auth = useTranslations('auth')
  const common = useTranslations('common')
  const [errors, setErrors] = useState<Errors>({})
  const [agreed, setAgreed] = useState(false)
  const [busy, setBusy] = useState(false)
  const [done, setDone] = useState<{ code: string; email: string }>()
  const goOn = useGoOn('/courses')

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const email = textOf(form, 'email').trim()
    const code = textOf(form, 'code').trim()
    const newPassword = textOf(form, 'password')
    const found: Errors = {}
    if (!looksLikeEmail(email)) found.email = auth('emailMissing')
    if (code === '') found.code = t('resetCodeMissing')
    if (newPassword.length < PASSWORD_MINIMUM) found.password = auth('passwordShort')
    if (!agreed) found.agreed = t('resetAgreeMissing')
    setErrors(found)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    try {
      const made = await getVault().call('resetAccount', { email, code, newPassword })
      setDone({ code: made.recoveryCode, email })
    } catch (cause) {
      setErrors({ form: sentenceFor(cause) })
    }
    setBusy(false)
  }

  if (done) return <RecoveryCode code={done.code} email={done.email} onContinue={goOn} />
  return (
    <AuthCard
      title={t('resetTitle')}
      line={t('resetLine')}
      footer={
        <Link href="/sign-in" className={linkStyle}>
          {t('resetBack')}
        </Link>
      }
    >
      <form onSubmit={submit} noValidate className="grid gap-5">
        <Notice tone="warning" title={t('resetLost')}>
          <ul className="grid list-disc gap-1.5 pl-4">
            <li>{t('resetLostReadings')}</li>
            <li>{t('resetLostCourses')}</li>
            <li>{t('resetLostTrust')}</li>
          </ul>
          <p className="pt-2">{t('resetKept')}</p>
        </Notice>
        {errors.form ? (
          <Notice tone="danger" alert title={auth('failedTitle')}>
            {errors.form}
          </Notice>
        ) : null}
        <TextField
          name="email"
          type="email"
          label={auth('email')}
          autoComplete="username"
          inputMode="email"
          error={errors.email}
        />
        <TextField
          name="code"
          label={t('resetCode')}
          hint={t('resetCodeHint')}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          className="[&_input]:font-mono"
          error={errors.code}
        />
        <PasswordField
          name="password"
          label={auth('newPassword')}
          hint={auth('passwordHint')}
          autoComplete="new-password"
          showLabel={common('showPassword')}
          hideLabel={common('hidePassword')}
          error={errors.password}
        />
        <Checkbox
          label={t('resetAgree')}
          checked={agreed}
          error={errors.agreed}
          onCheckedChange={setAgreed}
        />
        <Button type="submit" wide busy={busy && t('resetMaking')}>
          {t('resetButton')}
        </Button>
      </form>
    </AuthCard>
  )
}
