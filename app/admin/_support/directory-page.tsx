'use client'

/** The page `/admin/directory`: trusted staff, professionals and help lines. */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useDirectory } from '../../(site)/support/_support/use-cases.ts'
import { LoadFailed } from '../../_ui/load-failed.tsx'
import { PageHeader } from '../../_ui/page-header.tsx'
import { LoadingState } from '../../_ui/spinner.tsx'
import { DirectoryEditor } from './directory-editor.tsx'
import { StaffEditor } from './staff-editor.tsx'
import { useAdminCases } from './use-admin-cases.ts'

export function AdminDirectoryPage(): ReactNode {
  const t = useTranslations('support.admin')
  const common = useTranslations('common')
  const directory = useDirectory()
  const cases = useAdminCases()
  if (directory.isPending || cases.isPending) return <LoadingState text={common('loading')} />
  if (directory.error) return <LoadFailed error={directory.error} retry={directory.refetch} />
  if (cases.error) return <LoadFailed error={cases.error} retry={cases.refetch} />
  return (
    <>
      <PageHeader title={t('directoryTitle')} description={t('directoryLine')} />
      <div className="grid gap-6">
        <StaffEditor staff={cases.data.staff} />
        <DirectoryEditor saved={directory.data} />
      </div>
    </>
  )
}
