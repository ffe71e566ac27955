'use client'

/**
 * Asks for the password when this device's vault is locked. The password goes to `onUnlock` and
 * nowhere else; the form must never keep it after that.
 */
import { KeyRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import { Button } from './button.tsx'
import { PasswordField } from './text-field.tsx'

export interface UnlockFormProps {
  /** Who is signed in, shown so that a shared computer surprises nobody. */
  name: string | undefined
  /** Opens the vault; a rejection's message is shown under the password. */
  onUnlock: (password: string) => Promise<void>
  onSignOut?: () => Promise<void>
}

/** Textbox *Password* and button *Unlock*. */
export function UnlockForm({ name, onUnlock, onSignOut }: UnlockFormProps): ReactNode {
  const t = useTranslations('common')
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    const password = new FormData(event.currentTarget).get('password')
    if (typeof password !== 'string' || password === '') {
      setError(t('passwordMissing'))
      return
    }
    setBusy(true)
    setError(undefined)
    try {
      await onUnlock(password)
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={submit} noValidate className="grid w-full max-w-sm gap-6">
      <div className="grid justify-items-center gap-3 text-center">
        <span className="grid size-14 place-items-center rounded-full bg-accent-soft text-accent-ink">
          <KeyRound aria-hidden="true" className="size-6" />
        </span>
        <h1 className="text-2xl font-semibold tracking-tight">
          {name ? t('unlockTitleNamed', { name }) : t('unlockTitle')}
        </h1>
        <p className="text-ink-muted">{t('unlockWhy')}</p>
      </div>
      <PasswordField
        name="password"
        autoComplete="current-password"
        autoFocus
        label={t('password')}
        showLabel={t('showPassword')}
        hideLabel={t('hidePassword')}
        error={error}
      />
      <Button type="submit" wide busy={busy && t('unlocking')}>
        {t('unlock')}
      </Button>
      {onSignOut ? (
        <Button variant="quiet" wide onClick={onSignOut}>
          {t('signOut')}
        </Button>
      ) : null}
    </form>
  )
}
