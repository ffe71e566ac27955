'use client'

/**
 * The page `/account`: own readings, keys, password, recovery code, this device. Everything here is
 * opened by the vault on this device.
 */
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import type { VaultAccount } from '../../../_vault/verbs.ts'
import { Avatar } from '../../../_ui/avatar.tsx'
import { Button } from '../../../_ui/button.tsx'
import { Section } from '../../../_ui/card.tsx'
import { useSaving } from '../../../_ui/data/use-saving.ts'
import { PageHeader } from '../../../_ui/page-header.tsx'
import { SavedStatus } from '../../../_ui/saved-status.tsx'
import { signOut, VaultGate } from '../../../_ui/vault-gate.tsx'
import { AllData } from './all-data.tsx'
import { Devices } from './devices.tsx'
import { MyReadings } from './my-readings.tsx'
import { NewRecoveryCode } from './new-recovery-code.tsx'
import { OwnTrail } from './own-trail.tsx'
import { PasswordForm } from './password-form.tsx'
import { RenewKeys } from './renew-keys.tsx'

/** The page `/account`. */
export function AccountPage(): ReactNode {
  return <VaultGate>{(account) => <Account account={account} />}</VaultGate>
}

function Account({ account }: { account: VaultAccount }): ReactNode {
  const t = useTranslations('account')
  const saving = useSaving()
  const [leaving, setLeaving] = useState(false)
  return (
    <>
      <PageHeader title={t('title')} description={t('line')} />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid min-w-0 gap-6">
          <MyReadings />
          <PasswordForm saving={saving} />
          <OwnTrail />
          <AllData />
        </div>
        <div className="grid min-w-0 gap-6">
          <Section id="device" title={t('sessionTitle')} description={t('sessionText')}>
            <div className="flex min-w-0 items-center gap-3">
              <Avatar name={account.name} />
              <div className="grid min-w-0">
                <span className="truncate font-medium">{account.name}</span>
                <span className="truncate text-sm text-ink-muted">{account.email}</span>
              </div>
            </div>
            <Button
              variant="secondary"
              busy={leaving && t('signingOut')}
              onClick={async () => {
                setLeaving(true)
                await signOut()
              }}
            >
              {t('signOut')}
            </Button>
          </Section>
          <Devices />
          <Section id="keys" title={t('keysTitle')} description={t('keysLine')}>
            <div className="grid gap-3 text-[0.9375rem] leading-relaxed">
              <p>{t('keysDevice')}</p>
              <p>{t('keysServer')}</p>
            </div>
            <RenewKeys />
          </Section>
          <Section id="recovery" title={t('recoveryTitle')}>
            <p className="text-[0.9375rem] leading-relaxed">{t('recoveryText')}</p>
            <NewRecoveryCode saving={saving} />
          </Section>
        </div>
      </div>
      <SavedStatus state={saving.state} />
    </>
  )
}
