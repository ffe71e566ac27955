'use client'

/**
 * Signs in by password, or by recovery code with a new password. Both go to the vault alone; the page
 * must never keep or send either.
 */
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import { getVault } from '../../_vault/client.ts'
import { Button } from '../../_ui/button.tsx'
import { Notice } from '../../_ui/card.tsx'
import { PasswordField, TextField } from '../../_ui/text-field.tsx'
import { nextQuery, signOut } from '../../_ui/vault-gate.tsx'
import { useVault } from '../../_ui/data/use-vault.ts'
import { sentenceFor } from '../../_ui/data/failure.ts'
import { UnlockForm } from '../../_ui/unlock-form.tsx'
import { AuthCard, linkStyle } from './auth-card.tsx'
import { looksLikeEmail, PASSWORD_MINIMUM, textOf } from './form-values.ts'
import { useGoOn } from './use-go-on.ts'

interface Errors {
  email?: string
  password?: string
  recoveryCode?: string
  form?: string
}

/** The sign-in page; `next` is where to go afterwards. */
export function SignInForm({ next }: { next: string }): ReactNode {
  const t = useTranslations('auth')
  const common = useTranslations('common')
  const care = useTranslations('care')
  const { state, account } = useVault()
  const [byCode, setByCode] = useState(false)
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<Errors>({})
  const goOn = useGoOn(next)

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const email = textOf(form, 'email').trim()
    const password = textOf(form, 'password')
    const recoveryCode = textOf(form, 'recoveryCode').trim()
    const found: Errors = {}
    if (!looksLikeEmail(email)) found.email = t('emailMissing')
    if (byCode && recoveryCode === '') found.recoveryCode = t('recoveryCodeMissing')
    if (password === '') found.password = common('passwordMissing')
    else if (byCode && password.length < PASSWORD_MINIMUM) found.password = t('passwordShort')
    setErrors(found)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    try {
      if (byCode) {
        await getVault().call('signInWithRecovery', { email, recoveryCode, newPassword: password })
      } else await getVault().call('signIn', { email, password })
      goOn()
    } catch (cause) {
      setErrors({ form: sentenceFor(cause) })
      setBusy(false)
    }
  }

  if (!busy && account && state === 'locked') {
    return (
      <div className="grid place-items-center">
        <UnlockForm
          name={account.name}
          onUnlock={async (password) => {
            await getVault().call('unlock', { password })
            goOn()
          }}
          onSignOut={signOut}
        />
      </div>
    )
  }
  if (!busy && account && state === 'unlocked') {
    return <AlreadySignedIn name={account.name} onContinue={goOn} />
  }
  return (
    <AuthCard
      title={byCode ? t('recoverTitle') : t('signInTitle')}
      line={byCode ? t('recoverLine') : t('signInLine')}
      footer={
        <>
          <button
            type="button"
            className={linkStyle}
            onClick={() => {
              setErrors({})
              setByCode(!byCode)
            }}
          >
            {byCode ? t('rememberedPassword') : t('forgot')}
          </button>
          {byCode ? (
            <Link href="/reset" className={linkStyle}>
              {care('resetLink')}
            </Link>
          ) : null}
          <p>
            {t('noAccount')}{' '}
            <Link href={`/sign-up${nextQuery(next)}`} className={linkStyle}>
              {t('signUpInstead')}
            </Link>
          </p>
        </>
      }
    >
      <form onSubmit={submit} noValidate className="grid gap-5">
        {errors.form ? (
          <Notice tone="danger" alert title={t('failedTitle')}>
            {errors.form}
          </Notice>
        ) : null}
        <TextField
          name="email"
          type="email"
          label={t('email')}
          autoComplete="username"
          inputMode="email"
          error={errors.email}
        />
        {byCode ? (
          <TextField
            name="recoveryCode"
            label={t('recoveryCode')}
            autoComplete="off"
            spellCheck={false}
            autoCapitalize="characters"
            className="[&_input]:font-mono"
            error={errors.recoveryCode}
          />
        ) : null}
        <PasswordField
          key={byCode ? 'new' : 'current'}
          name="password"
          label={byCode ? t('newPassword') : t('password')}
          hint={byCode ? t('passwordHint') : undefined}
          autoComplete={byCode ? 'new-password' : 'current-password'}
          showLabel={common('showPassword')}
          hideLabel={common('hidePassword')}
          error={errors.password}
        />
        <Button type="submit" wide busy={busy && (byCode ? t('securing') : t('signingIn'))}>
          {byCode ? t('recoverButton') : t('signInButton')}
        </Button>
      </form>
    </AuthCard>
  )
}

/** For one who comes to sign in and already is. */
export function AlreadySignedIn(props: { name: string; onContinue: () => void }): ReactNode {
  const t = useTranslations('auth')
  return (
    <AuthCard title={t('signInTitle')} line={t('already', { name: props.name })}>
      <div className="grid gap-3">
        <Button wide onClick={props.onContinue}>
          {t('alreadyContinue', { name: props.name })}
        </Button>
        <Button wide variant="quiet" onClick={signOut}>
          {t('alreadyOther')}
        </Button>
      </div>
    </AuthCard>
  )
}
