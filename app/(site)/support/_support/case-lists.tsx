'use client'

/**
 * The cases of a person: what they shared, and what was shared with them. It knows who, when and the state; nothing is
 * opened to make a list.
 */
import { Inbox, UserRoundPlus } from 'lucide-react'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { Section } from '../../../_ui/card.tsx'
import { LoadFailed } from '../../../_ui/load-failed.tsx'
import { Select } from '../../../_ui/select.tsx'
import { Spinner } from '../../../_ui/spinner.tsx'
import { EmptyState } from '../../../_ui/states.tsx'
import { TextField } from '../../../_ui/text-field.tsx'
import { CASE_STATES, type CaseHead } from '../../../_wire/support.ts'
import { filterCases, type StateFilter } from './case-filter.ts'
import { StateBadge } from './state-badge.tsx'
import { useCases, useOpenedWords } from './use-cases.ts'
import { useWhen } from './use-when.ts'

const FILTERS: readonly StateFilter[] = ['any', 'open', ...CASE_STATES]

/** My cases, and those that are shared with me where there are any. */
export function CaseLists(): ReactNode {
  const t = useTranslations('support.cases')
  const common = useTranslations('common')
  const query = useCases()
  if (query.isPending) return <Spinner text={common('loading')} />
  if (query.error) return <LoadFailed error={query.error} retry={query.refetch} />
  const mine = query.data.cases.filter(({ role }) => role === 'student')
  const helping = query.data.cases.filter(({ role }) => role === 'helper')
  return (
    <>
      {helping.length > 0 ? <Helping cases={helping} /> : null}
      <Section id="cases" title={t('mine')} description={t('mineLine')}>
        {mine.length > 0 ? (
          <List cases={mine} />
        ) : (
          <EmptyState level={3} icon={<Inbox aria-hidden="true" />} title={t('mineEmptyTitle')}>
            {t('mineEmptyText')}
          </EmptyState>
        )}
      </Section>
    </>
  )
}

function Helping({ cases }: { cases: readonly CaseHead[] }): ReactNode {
  const t = useTranslations('support.cases')
  const [search, setSearch] = useState('')
  const [state, setState] = useState<StateFilter>('any')
  const found = filterCases(cases, { search, state }, useOpenedWords())
  return (
    <Section id="helping" title={t('helping')} description={t('helpingLine')}>
      <div className="grid gap-5">
        <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_14rem]">
          <TextField
            label={t('search')}
            hint={t('searchHint')}
            type="search"
            value={search}
            onChange={(event) => {
              setSearch(event.currentTarget.value)
            }}
          />
          <Select
            label={t('state')}
            value={state}
            options={FILTERS.map((value) => ({
              value,
              label:
                value === 'any'
                  ? t('anyState')
                  : value === 'open'
                    ? t('openStates')
                    : t(`states.${value}`),
            }))}
            onValueChange={(value) => {
              setState(FILTERS.find((one) => one === value) ?? 'any')
            }}
          />
        </div>
        {found.length > 0 ? (
          <List cases={found} />
        ) : (
          <p className="py-6 text-center text-ink-muted">{t('helpingNone')}</p>
        )}
      </div>
    </Section>
  )
}

function List({ cases }: { cases: readonly CaseHead[] }): ReactNode {
  return (
    <ul className="grid divide-y divide-line">
      {cases.map((one) => (
        <li key={one.id}>
          <CaseLine head={one} />
        </li>
      ))}
    </ul>
  )
}

function CaseLine({ head }: { head: CaseHead }): ReactNode {
  const t = useTranslations('support.cases')
  const format = useFormatter()
  const when = useWhen()
  const names = format.list(head.helpers.map(({ name }) => name))
  const title =
    head.role === 'student' ? t('with', { names }) : t('from', { name: head.student.name })
  return (
    <Link
      href={`/support/cases/${head.id}`}
      prefetch={false}
      className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-control px-2 py-4 hover:bg-sunken"
    >
      <span className="grid min-w-0 flex-1 gap-0.5">
        <span className="truncate font-medium">{title}</span>
        <span className="truncate text-sm text-ink-muted">
          {head.course ? `${head.course.name} · ` : ''}
          {t('changed', { when: when(head.changedAt) })}
        </span>
        {head.suggested && head.role === 'student' ? (
          <span className="flex items-center gap-1.5 text-sm text-accent-ink">
            <UserRoundPlus aria-hidden="true" className="size-4" />
            {t('suggestion')}
          </span>
        ) : null}
      </span>
      <StateBadge state={head.state} />
    </Link>
  )
}
