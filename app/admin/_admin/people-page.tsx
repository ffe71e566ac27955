'use client'

/**
 * Everyone with an account, with the rights that a school admin gives. Each change is saved at once,
 * as the page says.
 */
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import type { RouteAnswer } from '../../_wire/routes.ts'
import { Avatar } from '../../_ui/avatar.tsx'
import { Button } from '../../_ui/button.tsx'
import { Card, Notice } from '../../_ui/card.tsx'
import { Checkbox } from '../../_ui/choice.tsx'
import { useSaving } from '../../_ui/data/use-saving.ts'
import { useVault } from '../../_ui/data/use-vault.ts'
import { callWire, keys, sentenceFor } from '../../_ui/data/wire.ts'
import { LoadFailed } from '../../_ui/load-failed.tsx'
import { PageHeader } from '../../_ui/page-header.tsx'
import { SavedStatus } from '../../_ui/saved-status.tsx'
import { LoadingState } from '../../_ui/spinner.tsx'
import { EmptyState } from '../../_ui/states.tsx'

type Person = RouteAnswer<'people'>['people'][number]
type Rights = Pick<Person, 'schoolAdmin' | 'mayTeach' | 'suspended'>

/** The page `/admin`. */
export function PeoplePage(): ReactNode {
  const t = useTranslations('admin')
  const common = useTranslations('common')
  const cache = useQueryClient()
  const saving = useSaving()
  const [error, setError] = useState<string>()
  const [changing, setChanging] = useState<string>()
  const query = useInfiniteQuery({
    queryKey: keys.people,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      callWire('people', {}, null, {
        signal,
        ...(pageParam === '' ? {} : { query: { after: pageParam } }),
      }),
    getNextPageParam: (page) => page.next,
  })

  const change = async (person: Person, rights: Partial<Rights>): Promise<void> => {
    const { schoolAdmin, mayTeach, suspended } = person
    setError(undefined)
    setChanging(person.id)
    try {
      await saving.run(async () => {
        await callWire(
          'savePerson',
          { id: person.id },
          { schoolAdmin, mayTeach, suspended, ...rights },
        )
        await cache.invalidateQueries({ queryKey: keys.people })
        await cache.invalidateQueries({ queryKey: ['session'] })
      })
    } catch (cause) {
      setError(sentenceFor(cause))
    } finally {
      setChanging(undefined)
    }
  }

  if (query.isPending) return <LoadingState text={t('peopleLoading')} />
  if (query.error) return <LoadFailed error={query.error} retry={query.refetch} />
  const people = query.data.pages.flatMap((page) => page.people)
  return (
    <>
      <PageHeader title={t('peopleTitle')} description={t('peopleLine')} />
      <div className="grid gap-6">
        {error ? (
          <Notice tone="danger" alert>
            {error}
          </Notice>
        ) : null}
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
        {people.length === 1 ? (
          <EmptyState title={t('onlyYouTitle')}>{t('onlyYouText')}</EmptyState>
        ) : null}
        {query.hasNextPage ? (
          <Button
            variant="secondary"
            className="justify-self-center"
            busy={query.isFetchingNextPage && common('loading')}
            onClick={() => query.fetchNextPage()}
          >
            {t('showMore')}
          </Button>
        ) : null}
      </div>
      <SavedStatus state={saving.state} />
    </>
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
          <span className="truncate font-medium">{person.name}</span>
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
