'use client'

/**
 * The school's policy: what the law says, whether expression analysis is on, who confirmed what and
 * when. Off stays off until a person has answered for it by name.
 */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import Link from 'next/link'
import { Notice } from '../../_ui/card.tsx'
import { usePolicy } from '../../_ui/data/wire.ts'
import { LoadFailed } from '../../_ui/load-failed.tsx'
import { PageHeader } from '../../_ui/page-header.tsx'
import { LoadingState } from '../../_ui/spinner.tsx'
import { PolicyForm } from './policy-form.tsx'
import { PolicyLog } from './policy-log.tsx'

/** The page `/admin/policy`. */
export function PolicyPage(): ReactNode {
  const t = useTranslations('admin')
  const query = usePolicy()
  if (query.isPending) return <LoadingState text={t('policyLoading')} />
  if (query.error) return <LoadFailed error={query.error} retry={query.refetch} />
  return (
    <>
      <PageHeader title={t('policyTitle')} description={t('policyLine')} />
      <div className="grid max-w-3xl gap-6">
        <Notice tone="warning" title={t('lawTitle')}>
          <div className="grid gap-3">
            <p>{t('lawEu')}</p>
            <p>{t('lawElsewhere')}</p>
            <p>{t('lawWithout')}</p>
            <p>
              <Link href="/model-card" className="font-medium underline underline-offset-4">
                {t('modelCard')}
              </Link>
            </p>
          </div>
        </Notice>
        <PolicyForm policy={query.data.policy} />
        <PolicyLog log={query.data.log} />
      </div>
    </>
  )
}
