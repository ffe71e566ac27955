'use client'

/**
 * A dialog that asks for the password before something that only its person may do. The password goes to the vault by
 * `onPassword` and nowhere else.
 */
import { useTranslations } from 'next-intl'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import { Button } from '../../../_ui/button.tsx'
import { Dialog, DialogActions } from '../../../_ui/dialog.tsx'
import { sentenceFor } from '../../../_ui/data/failure.ts'
import { PasswordField } from '../../../_ui/text-field.tsx'
import { textOf } from '../../_auth/form-values.ts'

/** Textbox *Password*, a button that goes on, a button *Cancel*. */
export function PasswordDialog(props: {
  title: string
  children: ReactNode
  confirm: string
  busyText: string
  onPassword: (password: string) => Promise<void>
  onClose: () => void
}): ReactNode {
  const { title, children, confirm, busyText, onPassword, onClose } = props
  const t = useTranslations('care')
  const common = useTranslations('common')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    const password = textOf(new FormData(event.currentTarget), 'password')
    if (password === '') {
      setError(t('passwordMissing'))
      return
    }
    setBusy(true)
    setError(undefined)
    try {
      await onPassword(password)
    } catch (cause) {
      setError(sentenceFor(cause))
    }
    setBusy(false)
  }
  return (
    <Dialog
      open
      mustChoose={busy}
      title={title}
      onOpenChange={() => {
        if (!busy) onClose()
      }}
    >
      <form onSubmit={submit} noValidate className="grid gap-5">
        <div className="grid gap-2 text-[0.9375rem] leading-relaxed text-ink-muted">{children}</div>
        <PasswordField
          name="password"
          label={t('password')}
          autoComplete="current-password"
          error={error}
          showLabel={common('showPassword')}
          hideLabel={common('hidePassword')}
        />
        <DialogActions>
          <Button type="button" variant="secondary" disabled={busy} onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" busy={busy && busyText}>
            {confirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
