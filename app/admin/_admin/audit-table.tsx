'use client'

/** Events of the audit trail that fit a filter, a page at a time. */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { AuditRows } from '../../_ui/audit-rows.tsx'
import { LoadFailed } from '../../_ui/load-failed.tsx'
import { Spinner } from '../../_ui/spinner.tsx'
import { NothingFits, ShowMore, useList } from './list-tools.tsx'

/** The table and *Show more*. */
export function AuditTable({ filter }: { filter: Readonly<Record<string, string>> }): ReactNode {
  const common = useTranslations('common')
  const list = useList('audit', ['audit'], filter)
  if (list.isPending) return <Spinner text={common('loading')} />
  if (list.error) return <LoadFailed error={list.error} retry={list.refetch} />
  const events = list.data.pages.flatMap((page) => page.events)
  if (events.length === 0) return <NothingFits />
  return (
    <div className="grid grid-cols-1 gap-6">
      <AuditRows events={events} />
      <ShowMore list={list} />
    </div>
  )
}
