'use client'

/**
 * Creates an account: keys are made by the vault, the recovery code is shown once, and the person goes
 * on to what asked for the account. It must never keep the password after it was handed on.
 */
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import { getVault } from '../../_vault/client.ts'
import { Button } from '../../_ui/button.tsx'
import { Notice } from '../../_ui/card.tsx'
import { useSession } from '../../_ui/data/use-session.ts'
import { useVault } from '../../_ui/data/use-vault.ts'
import { codeOf, sentenceFor } from '../../_ui/data/failure.ts'
import { LoadingState } from '../../_ui/spinner.tsx'
import { EmptyState, ErrorState } from '../../_ui/states.tsx'
import { PasswordField, TextField } from '../../_ui/text-field.tsx'
import { nextQuery } from '../../_ui/vault-gate.tsx'
import { AuthCard, linkStyle } from './auth-card.tsx'
import { looksLikeEmail, PASSWORD_MINIMUM, textOf } from './form-values.ts'
import { inviteTokenOf } from './next-path.ts'
import { RecoveryCode } from './recovery-code.tsx'
import { AlreadySignedIn } from './sign-in-form.tsx'
import { useGoOn } from './use-go-on.ts'

interface Errors {
  name?: string
  email?: string
  password?: string
  setUpCode?: string
  form?: string
}

/** Which box an error of the server belongs under. */
const FIELD_OF_CODE: Readonly<Record<string, keyof Errors>> = {
  'email-taken': 'email',
  'password-weak': 'password',
  'set-up-code-wrong': 'setUpCode',
}

/** The sign-up page; `next` is where *Continue* leads. */
export function SignUpForm({ next }: { next: string }): ReactNode {
  const t = useTranslations('auth')
  const common = useTranslations('common')
  const { account, state } = useVault()
  const session = useSession()
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<Errors>({})
  const [made, setMade] = useState<{ email: string; recoveryCode: string }>()
  const goOn = useGoOn(next)
  const invite = inviteTokenOf(next)
  const needs = session.data?.signUp

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const name = textOf(form, 'name').trim()
    const email = textOf(form, 'email').trim()
    const password = textOf(form, 'password')
    const setUpCode = textOf(form, 'setUpCode').trim()
    const found: Errors = {}
    if (name === '') found.name = t('nameMissing')
    if (!looksLikeEmail(email)) found.email = t('emailMissing')
    if (password.length < PASSWORD_MINIMUM) found.password = t('passwordShort')
    if (needs?.setUpCodeNeeded && setUpCode === '') found.setUpCode = t('setUpCodeMissing')
    setErrors(found)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    try {
      const { recoveryCode } = await getVault().call('signUp', {
        name,
        email,
        password,
        ...(invite ? { invite } : {}),
        ...(needs?.setUpCodeNeeded ? { setUpCode } : {}),
      })
      setMade({ email, recoveryCode })
      await session.refetch()
    } catch (cause) {
      setErrors({ [FIELD_OF_CODE[codeOf(cause)] ?? 'form']: sentenceFor(cause) })
      setBusy(false)
    }
  }

  if (made) return <RecoveryCode code={made.recoveryCode} email={made.email} onContinue={goOn} />
  if (!busy && account && state !== 'signed-out') {
    return <AlreadySignedIn name={account.name} onContinue={goOn} />
  }
  if (session.error) {
    return (
      <ErrorState
        level={1}
        title={common('failedTitle')}
        action={<Button onClick={() => session.refetch()}>{common('tryAgain')}</Button>}
      >
        {common('failedAdvice', { reason: session.error.message })}
      </ErrorState>
    )
  }
  if (!needs) return <LoadingState text={common('loading')} />
  if (!needs.open && !needs.firstAccount && !invite) {
    return (
      <EmptyState level={1} title={t('closedTitle')}>
        {t('closedText')}
      </EmptyState>
    )
  }
  return (
    <AuthCard
      title={needs.firstAccount ? t('signUpFirstTitle') : t('signUpTitle')}
      line={needs.firstAccount ? t('signUpFirstLine') : t('signUpLine')}
      footer={
        needs.firstAccount ? null : (
          <p>
            {t('haveAccount')}{' '}
            <Link href={`/sign-in${nextQuery(next)}`} className={linkStyle}>
              {t('signInInstead')}
            </Link>
          </p>
        )
      }
    >
      <form onSubmit={submit} noValidate className="grid gap-5">
        {errors.form ? (
          <Notice tone="danger" alert title={t('failedTitle')}>
            {errors.form}
          </Notice>
        ) : null}
        {invite ? <Notice>{t('invitedBy')}</Notice> : null}
        <TextField
          name="name"
          label={t('name')}
          hint={t('nameHint')}
          autoComplete="name"
          maxLength={80}
          error={errors.name}
        />
        <TextField
          name="email"
          type="email"
          label={t('email')}
          autoComplete="username"
          inputMode="email"
          error={errors.email}
        />
        <PasswordField
          name="password"
          label={t('password')}
          hint={t('passwordHint')}
          autoComplete="new-password"
          showLabel={common('showPassword')}
          hideLabel={common('hidePassword')}
          error={errors.password}
        />
        {needs.setUpCodeNeeded ? (
          <TextField
            name="setUpCode"
            label={t('setUpCode')}
            hint={t('setUpCodeHint')}
            autoComplete="off"
            spellCheck={false}
            error={errors.setUpCode}
          />
        ) : null}
        <Button type="submit" wide busy={busy && t('securing')}>
          {t('createAccount')}
        </Button>
      </form>
    </AuthCard>
  )
}
