'use client'

/**
 * The history of a course under `full-history`: opened by the vault of a course admin, in this browser
 * alone, once the person asks for it. Filters and sums are this page's own; nothing of it is sent anywhere.
 */
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useEffect, useState, type ReactNode } from 'react'
import { getVault } from '../../_vault/client.ts'
import type { CourseReadings } from '../../_vault/history/verbs.ts'
import { Button } from '../../_ui/button.tsx'
import { Card, Notice } from '../../_ui/card.tsx'
import { sentenceFor } from '../../_ui/data/failure.ts'
import { callWire } from '../../_ui/data/wire.ts'
import { LoadFailed } from '../../_ui/load-failed.tsx'
import { PageHeader } from '../../_ui/page-header.tsx'
import { LoadingState, Spinner } from '../../_ui/spinner.tsx'
import { EmptyState } from '../../_ui/states.tsx'
import { HistoryView } from './history-view.tsx'

/** The page `/admin/courses/[id]/history`. */
export function HistoryPage({ id }: { id: string }): ReactNode {
  const t = useTranslations('desk.history')
  const common = useTranslations('common')
  const [history, setHistory] = useState<CourseReadings>()
  const query = useQuery({
    queryKey: ['desk-courses', id],
    queryFn: ({ signal }) => callWire('deskCourse', { id }, null, { signal }),
  })
  if (query.isPending) return <LoadingState text={common('loading')} />
  if (query.error) return <LoadFailed error={query.error} retry={query.refetch} />
  const course = query.data
  let content: ReactNode
  if (!course.mayOpenHistory) {
    content = <EmptyState title={t('closedTitle')}>{t('closedText')}</EmptyState>
  } else if (history) {
    content = <HistoryView history={history} />
  } else content = <Open courseId={id} onOpen={setHistory} />
  return (
    <>
      <PageHeader
        back={{ href: `/admin/courses/${id}`, label: course.name }}
        title={t('title')}
        description={t('line')}
      />
      {content}
    </>
  )
}

/** Opening is an act of its own, since every one of it is written down. */
function Open(props: { courseId: string; onOpen: (history: CourseReadings) => void }): ReactNode {
  const { courseId, onOpen } = props
  const t = useTranslations('desk.history')
  const [progress, setProgress] = useState<{ done: number; total: number }>()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  useEffect(
    () =>
      getVault().on('historyProgress', (told) => {
        if (told.courseId === courseId) setProgress(told)
      }),
    [courseId],
  )
  const open = async (): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      onOpen(await getVault().call('courseReadings', { courseId }))
    } catch (cause) {
      setError(sentenceFor(cause))
      setBusy(false)
    }
  }
  return (
    <Card className="grid max-w-2xl justify-items-start gap-5">
      <p className="leading-relaxed">{t('openText')}</p>
      {error ? (
        <Notice tone="danger" alert>
          {error}
        </Notice>
      ) : null}
      <Button busy={busy && t('opening')} onClick={open}>
        {t('open')}
      </Button>
      {busy && progress ? (
        <Spinner text={t('progress', { done: progress.done, total: progress.total })} />
      ) : null}
    </Card>
  )
}
