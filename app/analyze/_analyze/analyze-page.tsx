'use client'

/**
 * The page `/analyze`: only where the school's policy allows it. It must never load the reader's code or a model before
 * there is something to read.
 */
import { ScanFace } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ButtonLink } from '../../_ui/button.tsx'
import { useSession } from '../../_ui/data/use-session.ts'
import { LoadFailed } from '../../_ui/load-failed.tsx'
import { PageHeader } from '../../_ui/page-header.tsx'
import { LoadingState } from '../../_ui/spinner.tsx'
import { EmptyState } from '../../_ui/states.tsx'
import { VaultGate } from '../../_ui/vault-gate.tsx'
import { Workbench } from './workbench.tsx'

export function AnalyzePage(): ReactNode {
  return <VaultGate>{() => <WhereAllowed />}</VaultGate>
}

function WhereAllowed(): ReactNode {
  const t = useTranslations('analyze')
  const common = useTranslations('common')
  const session = useSession()
  if (session.isPending) return <LoadingState text={common('loading')} />
  if (session.error) return <LoadFailed error={session.error} retry={session.refetch} />
  if (!session.data.policy.expressionAnalysis) {
    return (
      <EmptyState
        level={1}
        icon={<ScanFace aria-hidden="true" />}
        title={t('offTitle')}
        action={
          session.data.account?.schoolAdmin ? (
            <ButtonLink href="/admin/policy">{t('toPolicy')}</ButtonLink>
          ) : (
            <ButtonLink href="/courses">{common('toCourses')}</ButtonLink>
          )
        }
      >
        {t('offText')}
      </EmptyState>
    )
  }
  return (
    <>
      <PageHeader title={t('title')} description={t('line')} />
      <Workbench />
    </>
  )
}
