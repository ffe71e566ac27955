'use client'

/**
 * A new recovery code: asked for by password, shown once, in force once it is typed back. The page must never store it
 * or send it anywhere but to the vault.
 */
import { useTranslations } from 'next-intl'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import { getVault } from '../../../_vault/client.ts'
import { Button } from '../../../_ui/button.tsx'
import { CopyField } from '../../../_ui/copy-field.tsx'
import { Dialog, DialogActions } from '../../../_ui/dialog.tsx'
import type { Saving } from '../../../_ui/data/use-saving.ts'
import { sentenceFor } from '../../../_ui/data/failure.ts'
import { TextField } from '../../../_ui/text-field.tsx'
import { textOf } from '../../_auth/form-values.ts'
import { PasswordDialog } from './password-dialog.tsx'

/** Button *Get a new recovery code* with its two dialogs. */
export function NewRecoveryCode({ saving }: { saving: Saving }): ReactNode {
  const t = useTranslations('care')
  const [step, setStep] = useState<'closed' | 'asking' | { code: string }>('closed')
  const close = (): void => {
    setStep('closed')
  }
  return (
    <>
      <Button
        variant="secondary"
        onClick={() => {
          setStep('asking')
        }}
      >
        {t('recoveryButton')}
      </Button>
      {step === 'asking' ? (
        <PasswordDialog
          title={t('recoveryAskTitle')}
          confirm={t('recoveryShow')}
          busyText={t('recoveryMaking')}
          onClose={close}
          onPassword={async (password) => {
            const { recoveryCode } = await getVault().call('newRecoveryCode', { password })
            setStep({ code: recoveryCode })
          }}
        >
          <p>{t('recoveryAskLine')}</p>
        </PasswordDialog>
      ) : null}
      {typeof step === 'object' ? (
        <TypeBack code={step.code} saving={saving} onClose={close} />
      ) : null}
    </>
  )
}

function TypeBack(props: { code: string; saving: Saving; onClose: () => void }): ReactNode {
  const { code, saving, onClose } = props
  const t = useTranslations('care')
  const [error, setError] = useState<string>()
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    const recoveryCode = textOf(new FormData(event.currentTarget), 'typed')
    setError(undefined)
    try {
      await saving.run(() => getVault().call('confirmRecoveryCode', { recoveryCode }))
      onClose()
    } catch (cause) {
      setError(sentenceFor(cause))
    }
  }
  return (
    <Dialog open mustChoose title={t('recoveryAskTitle')} onOpenChange={() => undefined}>
      <form onSubmit={submit} noValidate className="grid gap-5">
        <CopyField code label={t('recoveryCode')} hint={t('recoveryKeep')} value={code} />
        <TextField
          name="typed"
          label={t('recoveryTyped')}
          hint={t('recoveryTypedHint')}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          className="[&_input]:font-mono"
          error={error}
        />
        <DialogActions>
          <Button type="button" variant="secondary" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" busy={saving.state === 'saving' && t('recoveryConfirming')}>
            {t('recoveryConfirm')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
