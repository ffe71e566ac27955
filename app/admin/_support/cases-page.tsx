'use client'

/**
 * The page `/admin/cases`: who asked whom for help and when. Nothing is opened here; an admin can suggest a helper, and
 * the student decides.
 */
import { useQueryClient } from '@tanstack/react-query'
import { Inbox } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { filterCases, type StateFilter } from '../../(site)/support/_support/case-filter.ts'
import { StateBadge } from '../../(site)/support/_support/state-badge.tsx'
import { useWhen } from '../../(site)/support/_support/use-when.ts'
import { Notice } from '../../_ui/card.tsx'
import { sentenceFor } from '../../_ui/data/failure.ts'
import { callWire } from '../../_ui/data/wire.ts'
import { LoadFailed } from '../../_ui/load-failed.tsx'
import { PageHeader } from '../../_ui/page-header.tsx'
import { Select } from '../../_ui/select.tsx'
import { LoadingState } from '../../_ui/spinner.tsx'
import { EmptyState } from '../../_ui/states.tsx'
import { Cell, Row, Table, type Sorting } from '../../_ui/table.tsx'
import { TextField } from '../../_ui/text-field.tsx'
import type { RouteAnswer } from '../../_wire/routes.ts'
import { CASE_STATES } from '../../_wire/support.ts'
import { CASE_SORTS, sortCases, type CaseSort } from './case-sort.ts'
import { adminSupportKeys, useAdminCases } from './use-admin-cases.ts'

type Cases = RouteAnswer<'adminCases'>
const FILTERS: readonly StateFilter[] = ['any', 'open', ...CASE_STATES]

export function AdminCasesPage(): ReactNode {
  const t = useTranslations('support.admin')
  const common = useTranslations('common')
  const query = useAdminCases()
  if (query.isPending) return <LoadingState text={common('loading')} />
  if (query.error) return <LoadFailed error={query.error} retry={query.refetch} />
  return (
    <>
      <PageHeader title={t('casesTitle')} description={t('casesLine')} />
      {query.data.cases.length === 0 ? (
        <EmptyState icon={<Inbox aria-hidden="true" />} title={t('casesEmptyTitle')}>
          {t('casesEmptyText')}
        </EmptyState>
      ) : (
        <CaseTable {...query.data} />
      )}
    </>
  )
}

function CaseTable({ cases, staff }: Cases): ReactNode {
  const t = useTranslations('support.admin')
  const lists = useTranslations('support.cases')
  const format = useFormatter()
  const when = useWhen()
  const [search, setSearch] = useState('')
  const [state, setState] = useState<StateFilter>('any')
  const [failed, setFailed] = useState<string>()
  const [sorting, setSorting] = useState<Sorting & { by: CaseSort }>({
    by: 'changed',
    order: 'desc',
  })
  const found = sortCases(filterCases(cases, { search, state }), sorting.by, sorting.order)
  return (
    <div className="grid grid-cols-1 gap-5">
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_14rem]">
        <TextField
          label={lists('search')}
          type="search"
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value)
          }}
        />
        <Select
          label={lists('state')}
          value={state}
          options={FILTERS.map((value) => ({
            value,
            label:
              value === 'any'
                ? lists('anyState')
                : value === 'open'
                  ? lists('openStates')
                  : lists(`states.${value}`),
          }))}
          onValueChange={(value) => {
            setState(FILTERS.find((one) => one === value) ?? 'any')
          }}
        />
      </div>
      <p className="text-sm text-ink-muted">{t('suggestNote')}</p>
      {failed ? (
        <Notice tone="danger" alert>
          {failed}
        </Notice>
      ) : null}
      <Table
        caption={t('casesTitle')}
        columns={[
          { key: 'student', label: t('columnStudent'), sortable: true },
          { key: 'helpers', label: t('columnHelpers') },
          { key: 'course', label: t('columnCourse'), sortable: true },
          { key: 'state', label: t('columnState'), sortable: true },
          { key: 'changed', label: t('columnChanged'), sortable: true },
          { key: 'suggest', label: t('columnSuggest') },
        ]}
        sorting={sorting}
        onSort={({ by, order }) => {
          const column = CASE_SORTS.find((one) => one === by)
          if (column) setSorting({ by: column, order })
        }}
      >
        {found.map((one) => (
          <Row key={one.id}>
            <Cell className="font-medium">{one.student.name}</Cell>
            <Cell>{format.list(one.helpers.map(({ name }) => name))}</Cell>
            <Cell>{one.course?.name ?? '–'}</Cell>
            <Cell>
              <StateBadge state={one.state} />
            </Cell>
            <Cell className="whitespace-nowrap text-ink-muted">{when(one.changedAt)}</Cell>
            <Cell className="min-w-44">
              {one.state === 'withdrawn' ? (
                '–'
              ) : (
                <Suggest one={one} staff={staff} onFailed={setFailed} />
              )}
            </Cell>
          </Row>
        ))}
      </Table>
      {found.length === 0 ? (
        <p role="status" className="py-6 text-center text-ink-muted">
          {t('casesNone')}
        </p>
      ) : null}
    </div>
  )
}

function Suggest(props: {
  one: Cases['cases'][number]
  staff: Cases['staff']
  onFailed: (sentence: string | undefined) => void
}): ReactNode {
  const t = useTranslations('support.admin')
  const cache = useQueryClient()
  const { one, staff, onFailed } = props
  const part = [one.student.id, ...one.helpers.map(({ id }) => id)]
  const offered = staff.filter(({ id }) => !part.includes(id))
  const suggest = async (value: string): Promise<void> => {
    onFailed(undefined)
    const accountId = offered.find(({ id }) => id === value)?.id ?? null
    try {
      await callWire('suggestHelper', { id: one.id }, { accountId })
      await cache.invalidateQueries({ queryKey: adminSupportKeys.cases })
    } catch (cause) {
      onFailed(sentenceFor(cause))
    }
  }
  return (
    <Select
      label={t('suggest', { name: one.student.name })}
      labelHidden
      compact
      value={one.suggested?.id ?? ''}
      options={[
        { value: '', label: t('suggestNobody') },
        ...offered.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onValueChange={(value) => void suggest(value)}
    />
  )
}
