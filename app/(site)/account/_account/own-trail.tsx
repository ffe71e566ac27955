'use client'

/** What happened to this account and its data: who changed a right, who opened something. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { AuditRows } from '../../../_ui/audit-rows.tsx'
import { Button } from '../../../_ui/button.tsx'
import { Section } from '../../../_ui/card.tsx'
import { callWire } from '../../../_ui/data/wire.ts'
import { LoadFailed } from '../../../_ui/load-failed.tsx'
import { Spinner } from '../../../_ui/spinner.tsx'

/** The section *What happened to your account and data*. */
export function OwnTrail(): ReactNode {
  const t = useTranslations('desk.audit')
  const desk = useTranslations('desk')
  const common = useTranslations('common')
  const list = useInfiniteQuery({
    queryKey: ['own-audit'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      callWire('ownAudit', {}, null, {
        signal,
        ...(pageParam === '' ? {} : { query: { before: pageParam } }),
      }),
    getNextPageParam: (page) => page.next,
  })
  let content: ReactNode
  if (list.isPending) content = <Spinner text={common('loading')} />
  else if (list.error) content = <LoadFailed error={list.error} retry={list.refetch} />
  else
    content = <AuditRows events={list.data.pages.flatMap((page) => page.events)} withoutSubject />
  return (
    <Section id="trail" title={t('yours')} description={t('yoursLine')}>
      {content}
      {list.hasNextPage ? (
        <Button
          variant="secondary"
          className="justify-self-center"
          busy={list.isFetchingNextPage && common('loading')}
          onClick={() => list.fetchNextPage()}
        >
          {desk('showMore')}
        </Button>
      ) : null}
    </Section>
  )
}
