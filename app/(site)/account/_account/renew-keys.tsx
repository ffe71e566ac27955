'use client'

/** Puts new keys in the place of the present ones; the vault does it, after the password. */
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { toast } from '../../../_ui/toaster.tsx'
import { getVault } from '../../../_vault/client.ts'
import { Button } from '../../../_ui/button.tsx'
import { PasswordDialog } from './password-dialog.tsx'

/** Button *Renew my keys* with its dialog. */
export function RenewKeys(): ReactNode {
  const t = useTranslations('care')
  const cache = useQueryClient()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        variant="secondary"
        onClick={() => {
          setOpen(true)
        }}
      >
        {t('renewButton')}
      </Button>
      {open ? (
        <PasswordDialog
          title={t('renewTitle')}
          confirm={t('renewConfirm')}
          busyText={t('renewing')}
          onClose={() => {
            setOpen(false)
          }}
          onPassword={async (password) => {
            await getVault().call('renewKeys', { password })
            setOpen(false)
            toast.success(t('renewed'))
            await cache.invalidateQueries()
          }}
        >
          <p>{t('renewLine')}</p>
          <p>{t('renewKept')}</p>
          <p>{t('renewSignsOut')}</p>
        </PasswordDialog>
      ) : null}
    </>
  )
}
