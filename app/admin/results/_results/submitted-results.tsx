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
import { callWire, sentenceFor } from '../../../_ui/data/wire.ts'
import { LoadFailed } from '../../../_ui/load-failed.tsx'
import { PageHeader } from '../../../_ui/page-header.tsx'
import { LoadingState } from '../../../_ui/spinner.tsx'
import { EmptyState } from '../../../_ui/states.tsx'
import { Cell, Row } from '../../../_ui/table.tsx'
import { TextField } from '../../../_ui/text-field.tsx'
import { ResultPreview } from './result-preview.tsx'

type Sort = (typeof RESULT_SORTS)[number]

export function SubmittedResults(): ReactNode {
  const t = useTranslations('analyze.review')
  const format = useFormatter()
  const cache = useQueryClient()
  const [search, setSearch] = useState('')
  const [sort, setSort] = useState<{ by: Sort; order: 'asc' | 'desc' }>({
    by: 'sentAt',
    order: 'desc',
  })
  const [opening, setOpening] = useState<string>()
  const [opened, setOpened] = useState<OpenedResult>()
  const [error, setError] = useState<string>()
  const query = useInfiniteQuery({
    queryKey: ['submitted-results', search, sort],
    initialPageParam: '0',
    queryFn: ({ pageParam, signal }) =>
      callWire('submittedResults', {}, null, {
        signal,
        query: { after: pageParam, search, sort: sort.by, order: sort.order },
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
      <div className="grid gap-6">
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
            <TextField
              label={t('search')}
              type="search"
              className="max-w-sm"
              value={search}
              onChange={(event) => {
                setSearch(event.currentTarget.value)
              }}
            />
            <Card className="overflow-x-auto p-5">
              <table
                aria-label={t('table')}
                className="w-full border-collapse text-left text-[0.9375rem]"
              >
                <thead>
                  <tr className="border-b border-line text-sm text-ink-muted">
                    {RESULT_SORTS.map((by) => (
                      <th
                        key={by}
                        scope="col"
                        aria-sort={ariaSort(sort, by)}
                        className="px-3 py-2 font-medium first:pl-0"
                      >
                        <button
                          type="button"
                          className="rounded-lg hover:text-ink"
                          onClick={() => {
                            const again = sort.by === by && sort.order === 'asc'
                            setSort({ by, order: again ? 'desc' : 'asc' })
                          }}
                        >
                          {t(by)}
                        </button>
                      </th>
                    ))}
                    <th scope="col" className="px-3 py-2 font-medium">
                      {t('expires')}
                    </th>
                    <th scope="col" className="px-3 py-2 font-medium">
                      {t('state')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {results.map((one) => (
                    <Row key={one.id}>
                      <Cell>
                        {format.dateTime(one.sentAt, { dateStyle: 'medium', timeStyle: 'short' })}
                      </Cell>
                      <Cell>{one.sender.name}</Cell>
                      <Cell>{one.course ?? t('school')}</Cell>
                      <Cell>{format.dateTime(one.expiresAt, { dateStyle: 'medium' })}</Cell>
                      <Cell>
                        <span className="flex items-center gap-3">
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
                </tbody>
              </table>
            </Card>
          </>
        )}
        {own.data === undefined ? null : (
          <p className="text-sm text-ink-muted">{t('ownKey', own.data)}</p>
        )}
        {query.hasNextPage ? (
          <Button
            variant="secondary"
            className="justify-self-center"
            onClick={() => query.fetchNextPage()}
          >
            {t('more')}
          </Button>
        ) : null}
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

function ariaSort(sort: { by: Sort; order: 'asc' | 'desc' }, by: Sort) {
  if (sort.by !== by) return 'none'
  return sort.order === 'asc' ? 'ascending' : 'descending'
}
