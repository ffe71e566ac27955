'use client'

/**
 * Shows the recovery code, the one time that it can be shown. It must never store it or send it
 * anywhere; the file is made in the browser.
 */
import { Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, type ReactNode } from 'react'
import { Button } from '../../_ui/button.tsx'
import { CopyField } from '../../_ui/copy-field.tsx'
import { usePublicUrl } from '../../_ui/data/use-session.ts'
import { saveFile } from '../../_ui/save-file.ts'
import { AuthCard } from './auth-card.tsx'

export interface RecoveryCodeProps {
  code: string
  email: string
  onContinue: () => void
}

/** Read-only textbox *Recovery code* and button *Continue*. */
export function RecoveryCode({ code, email, onContinue }: RecoveryCodeProps): ReactNode {
  const t = useTranslations('auth')
  const publicUrl = usePublicUrl()
  const top = useRef<HTMLDivElement>(null)
  useEffect(() => {
    top.current?.focus()
  }, [])
  const download = (): void => {
    const text = t('recoveryFile', { code, email, origin: publicUrl ?? window.location.origin })
    saveFile('attune-recovery-code.txt', 'text/plain', text)
  }
  return (
    <div ref={top} tabIndex={-1} className="focus:outline-none">
      <AuthCard title={t('recoveryTitle')} line={t('recoveryLine')}>
        <div className="grid gap-6">
          <CopyField
            code
            label={t('recoveryCode')}
            hint={t('recoveryHint')}
            value={code}
            actions={
              <Button variant="secondary" className="flex-1" onClick={download}>
                <Download aria-hidden="true" />
                {t('recoveryDownload')}
              </Button>
            }
          />
          <div className="grid gap-3">
            <Button wide onClick={onContinue}>
              {t('continue')}
            </Button>
            <p className="text-center text-sm text-ink-muted">{t('recoveryConfirm')}</p>
          </div>
        </div>
      </AuthCard>
    </div>
  )
}
