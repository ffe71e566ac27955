'use client'

/**
 * The desk's first page: the school in numbers, and everyone with an account with the rights that a
 * school admin gives. Each change is saved at once, as the page says.
 */
import { FileUp, UserPlus } from 'lucide-react'
import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { Avatar } from '../../_ui/avatar.tsx'
import { ButtonLink } from '../../_ui/button.tsx'
import { Card, Notice } from '../../_ui/card.tsx'
import { Checkbox } from '../../_ui/choice.tsx'
import { useVault } from '../../_ui/data/use-vault.ts'
import { keys } from '../../_ui/data/wire.ts'
import { LoadFailed } from '../../_ui/load-failed.tsx'
import { PageHeader } from '../../_ui/page-header.tsx'
import { SavedStatus } from '../../_ui/saved-status.tsx'
import { Select } from '../../_ui/select.tsx'
import { LoadingState } from '../../_ui/spinner.tsx'
import { EmptyState } from '../../_ui/states.tsx'
import { NothingFits, SearchBox, ShowMore, useList } from './list-tools.tsx'
import { OverviewCharts } from './overview-charts.tsx'
import { useRights, type Person, type Rights } from './use-rights.ts'

const FILTERS = ['all', 'teachers', 'admins', 'suspended'] as const
/** What the list is sorted by, and which way round that is useful. */
const SORTS = [
  { value: 'name', order: 'asc' },
  { value: 'email', order: 'asc' },
  { value: 'createdAt', order: 'desc' },
] as const

/** The page `/admin`. */
export function PeoplePage(): ReactNode {
  const overview = useTranslations('desk.overview')
  const t = useTranslations('desk.people')
  return (
    <>
      <PageHeader
        title={overview('title')}
        description={overview('line')}
        actions={
          <>
            <ButtonLink href="/admin/import" variant="secondary">
              <FileUp aria-hidden="true" />
              {t('import')}
            </ButtonLink>
            <ButtonLink href="/admin/invitations?new">
              <UserPlus aria-hidden="true" />
              {t('invite')}
            </ButtonLink>
          </>
        }
      />
      <div className="grid grid-cols-1 gap-8">
        <OverviewCharts />
        <People />
      </div>
    </>
  )
}

function People(): ReactNode {
  const t = useTranslations('admin')
  const desk = useTranslations('desk')
  const [search, setSearch] = useState('')
  const [filter, setFilter] = useState<string>('all')
  const [sort, setSort] = useState<string>('name')
  const { saving, error, changing, change } = useRights()
  const order = SORTS.find(({ value }) => value === sort)?.order ?? 'asc'
  const list = useList('people', keys.people, { search, filter, sort, order })
  const pages = list.data?.pages ?? []
  const people = pages.flatMap((page) => page.people)
  const total = pages[0]?.total ?? 0
  const alone = total === 1 && search === '' && filter === 'all'
  const names: Readonly<Record<string, string>> = {
    name: desk('people.name'),
    email: desk('invitations.email'),
    createdAt: desk('people.since'),
  }
  return (
    <section aria-labelledby="people-heading" className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id="people-heading" className="text-xl font-semibold tracking-tight">
          {t('peopleTitle')}
        </h2>
        <p aria-live="polite" className="text-sm text-ink-muted">
          {list.data ? desk('found', { count: total }) : ''}
        </p>
      </div>
      <div className="flex flex-wrap gap-3">
        <SearchBox label={desk('searchPeople')} onSearch={setSearch} />
        <Select
          label={desk('people.filter')}
          labelHidden
          className="w-40"
          value={filter}
          options={FILTERS.map((value) => ({ value, label: desk(`people.${value}`) }))}
          onValueChange={setFilter}
        />
        <Select
          label={desk('sort')}
          labelHidden
          className="w-44"
          value={sort}
          options={SORTS.map(({ value }) => ({
            value,
            label: desk('sortBy', { column: names[value] ?? '' }),
          }))}
          onValueChange={setSort}
        />
      </div>
      {error ? (
        <Notice tone="danger" alert>
          {error}
        </Notice>
      ) : null}
      {list.isPending ? <LoadingState text={t('peopleLoading')} /> : null}
      {list.error ? <LoadFailed error={list.error} retry={list.refetch} /> : null}
      {list.data && people.length === 0 ? <NothingFits /> : null}
      {people.length > 0 ? (
        <Card className="p-0 sm:p-0">
          <ul>
            {people.map((person) => (
              <PersonLine
                key={person.id}
                person={person}
                disabled={changing !== undefined}
                change={(rights) => change(person, rights)}
              />
            ))}
          </ul>
        </Card>
      ) : null}
      {alone ? <EmptyState title={t('onlyYouTitle')}>{t('onlyYouText')}</EmptyState> : null}
      <ShowMore list={list} />
      <SavedStatus state={saving.state} />
    </section>
  )
}

function PersonLine(props: {
  person: Person
  disabled: boolean
  change: (rights: Partial<Rights>) => Promise<void>
}): ReactNode {
  const { person, disabled, change } = props
  const { account } = useVault()
  const t = useTranslations('admin')
  const locale = useLocale()
  const since = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(person.createdAt)
  const own = person.id === account?.accountId
  return (
    <li className="grid gap-x-8 gap-y-4 border-b border-line px-5 py-4 last:border-0 md:grid-cols-[minmax(0,1fr)_auto] md:items-center">
      <div className="flex min-w-0 items-center gap-3">
        <Avatar name={person.name} />
        <div className="grid min-w-0">
          <Link
            href={`/admin/people/${person.id}`}
            className="truncate font-medium underline-offset-4 hover:underline"
          >
            {person.name}
          </Link>
          <span className="truncate text-sm text-ink-muted">
            {person.email} · {t('since', { date: since })}
          </span>
        </div>
      </div>
      <div className="flex flex-wrap gap-x-8 gap-y-3">
        <Checkbox
          label={t('teach')}
          accessibleName={t('mayTeach', { name: person.name })}
          checked={person.mayTeach}
          disabled={disabled}
          onCheckedChange={(mayTeach) => void change({ mayTeach })}
        />
        <Checkbox
          label={t('admin')}
          accessibleName={t('isAdmin', { name: person.name })}
          checked={person.schoolAdmin}
          disabled={disabled || own}
          onCheckedChange={(schoolAdmin) => void change({ schoolAdmin })}
        />
        <Checkbox
          label={t('suspended')}
          accessibleName={t('isSuspended', { name: person.name })}
          checked={person.suspended}
          disabled={disabled || own}
          onCheckedChange={(suspended) => void change({ suspended })}
        />
      </div>
    </li>
  )
}
