'use client'

/**
 * What the desk's lists share: a search box that asks once the person pauses, the button for more rows,
 * what is said when nothing fits. Searching, sorting and paging are the server's.
 */
import { useInfiniteQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState, type ReactNode } from 'react'
import type { RouteAnswer } from '../../_wire/routes.ts'
import { Button } from '../../_ui/button.tsx'
import { callWire } from '../../_ui/data/wire.ts'
import { controlStyle, Field } from '../../_ui/field.tsx'
import { EmptyState } from '../../_ui/states.tsx'
import { cx } from '../../_ui/cx.ts'

const PAUSE_MS = 250

/** A search box; `onSearch` is called when typing pauses. */
export function SearchBox(props: { label: string; onSearch: (text: string) => void }): ReactNode {
  const { label, onSearch } = props
  const [text, setText] = useState('')
  useEffect(() => {
    const timer = setTimeout(onSearch, PAUSE_MS, text)
    return () => {
      clearTimeout(timer)
    }
  }, [text, onSearch])
  return (
    <Field label={label} labelHidden className="min-w-0 flex-1 basis-56">
      {(ids) => (
        <div className="relative">
          <Search
            aria-hidden="true"
            className="pointer-events-none absolute inset-y-0 left-3 my-auto size-4 text-ink-muted"
          />
          <input
            type="search"
            value={text}
            placeholder={label}
            className={cx(controlStyle, 'pl-9')}
            onChange={(event) => {
              setText(event.currentTarget.value)
            }}
            {...ids}
          />
        </div>
      )}
    </Field>
  )
}

type ListRoute = 'people' | 'invitations' | 'deskCourses' | 'audit'

/** The pages of a list that have been asked for so far. A new question keeps the old rows until its answer is there. */
export function useList<N extends ListRoute>(
  name: N,
  key: readonly unknown[],
  query: Readonly<Record<string, string>>,
) {
  const param = name === 'audit' ? 'before' : 'after'
  return useInfiniteQuery({
    queryKey: [...key, query],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }): Promise<RouteAnswer<N>> => {
      const asked = Object.entries(query).filter(([, value]) => value !== '')
      if (pageParam !== '') asked.push([param, pageParam])
      // Each of these routes has neither parameters nor a body.
      const call = callWire as (
        name: N,
        parameters: object,
        body: null,
        options: object,
      ) => Promise<RouteAnswer<N>>
      return call(name, {}, null, { signal, query: Object.fromEntries(asked) })
    },
    getNextPageParam: (page): string | null => page.next,
    placeholderData: (previous) => previous,
  })
}

/** *Show more*, while there is more. */
export function ShowMore(props: {
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> }
}): ReactNode {
  const t = useTranslations('desk')
  const common = useTranslations('common')
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = props.list
  if (!hasNextPage) return null
  return (
    <Button
      variant="secondary"
      className="justify-self-center"
      busy={isFetchingNextPage && common('loading')}
      onClick={() => fetchNextPage()}
    >
      {t('showMore')}
    </Button>
  )
}

/** A search that found nothing. */
export function NothingFits(): ReactNode {
  const t = useTranslations('desk')
  return <EmptyState title={t('nothingTitle')}>{t('nothingText')}</EmptyState>
}
