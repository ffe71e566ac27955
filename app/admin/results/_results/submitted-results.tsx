'use client'

/** Results submitted to this admin: listed by web, opened by the vault on this device, one at a time and audited. */
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Inbox } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { getVault } from '../../../_vault/client.ts'
import type { OpenedResult } from '../../../_vault/results/verbs.ts'
import { RESULT_SORTS } from '../../../_wire/results.ts'
import { Badge } from '../../../_ui/badge.tsx'
import { Button } from '../../../_ui/button.tsx'
import { Card, Notice } from '../../../_ui/card.tsx'
import { sentenceFor } from '../../../_ui/data/failure.ts'
import { callWire } from '../../../_ui/data/wire.ts'
import { LoadFailed } from '../../../_ui/load-failed.tsx'
import { PageHeader } from '../../../_ui/page-header.tsx'
import { LoadingState } from '../../../_ui/spinner.tsx'
import { EmptyState } from '../../../_ui/states.tsx'
import { Cell, Row, Table, type Sorting } from '../../../_ui/table.tsx'
import { NothingFits, SearchBox, ShowMore } from '../../_admin/list-tools.tsx'
import { ResultPreview } from './result-preview.tsx'

const COLUMNS = [...RESULT_SORTS, 'expires', 'state'] as const

export function SubmittedResults(): ReactNode {
  const t = useTranslations('analyze.review')
  const format = useFormatter()
  const cache = useQueryClient()
  const [search, setSearch] = useState('')
  const [sorting, setSorting] = useState<Sorting>({ by: 'sentAt', order: 'desc' })
  const [opening, setOpening] = useState<string>()
  const [opened, setOpened] = useState<OpenedResult>()
  const [error, setError] = useState<string>()
  const query = useInfiniteQuery({
    queryKey: ['submitted-results', search, sorting],
    initialPageParam: '0',
    queryFn: ({ pageParam, signal }) =>
      callWire('submittedResults', {}, null, {
        signal,
        query: { after: pageParam, search, sort: sorting.by, order: sorting.order },
      }),
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  })
  const own = useQuery({
    queryKey: ['own-fingerprint'],
    queryFn: () => getVault().call('ownFingerprint', {}),
  })
  const open = async (id: string): Promise<void> => {
    setOpening(id)
    setError(undefined)
    try {
      setOpened(await getVault().call('openResult', { id }))
    } catch (cause) {
      setError(sentenceFor(cause))
    } finally {
      setOpening(undefined)
      await cache.invalidateQueries({ queryKey: ['submitted-results'] })
    }
  }
  if (query.isPending) return <LoadingState text={t('loading')} />
  if (query.error) return <LoadFailed error={query.error} retry={query.refetch} />
  const results = query.data.pages.flatMap((page) => page.results)
  return (
    <>
      <PageHeader title={t('title')} description={t('line')} />
      <div className="grid grid-cols-1 gap-6">
        {error === undefined ? null : (
          <Notice tone="danger" alert>
            {error}
          </Notice>
        )}
        {results.length === 0 && search === '' ? (
          <EmptyState icon={<Inbox aria-hidden="true" />} title={t('emptyTitle')}>
            {t('empty')}
          </EmptyState>
        ) : (
          <>
            <div className="flex">
              <SearchBox label={t('search')} onSearch={setSearch} />
            </div>
            {results.length === 0 ? (
              <NothingFits />
            ) : (
              <Card className="p-5">
                <Table
                  caption={t('table')}
                  columns={COLUMNS.map((key) => ({
                    key,
                    label: t(key),
                    sortable: key !== 'expires' && key !== 'state',
                  }))}
                  sorting={sorting}
                  onSort={setSorting}
                >
                  {results.map((one) => (
                    <Row key={one.id}>
                      <Cell className="whitespace-nowrap">
                        {format.dateTime(one.sentAt, { dateStyle: 'medium', timeStyle: 'short' })}
                      </Cell>
                      <Cell className="min-w-32">{one.sender.name}</Cell>
                      <Cell className="min-w-28">{one.course ?? t('school')}</Cell>
                      <Cell className="whitespace-nowrap text-ink-muted">
                        {format.dateTime(one.expiresAt, { dateStyle: 'medium' })}
                      </Cell>
                      <Cell>
                        <span className="flex items-center justify-end gap-3">
                          <Badge tone={one.opened ? 'neutral' : 'accent'}>
                            {one.opened ? t('opened') : t('new')}
                          </Badge>
                          <Button
                            size="sm"
                            variant="secondary"
                            busy={opening === one.id && t('opening')}
                            aria-label={t('openName', { name: one.sender.name })}
                            onClick={() => {
                              void open(one.id)
                            }}
                          >
                            {t('open')}
                          </Button>
                        </span>
                      </Cell>
                    </Row>
                  ))}
                </Table>
              </Card>
            )}
          </>
        )}
        {own.data === undefined ? null : (
          <p className="text-sm text-ink-muted">{t('ownKey', own.data)}</p>
        )}
        <ShowMore list={query} />
      </div>
      {opened === undefined ? null : (
        <ResultPreview
          result={opened}
          close={() => {
            setOpened(undefined)
          }}
        />
      )}
    </>
  )
}
