'use client'

/**
 * Every own reading, opened by the vault on this device, as a table and as a file. It must never be
 * sent anywhere.
 */
import { useQueries, useQuery } from '@tanstack/react-query'
import { Download, Sprout } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { getVault } from '../../../_vault/client.ts'
import type { RouteAnswer } from '../../../_wire/routes.ts'
import type { EmotionName, MyReading } from '../../../_vault/verbs.ts'
import { Button } from '../../../_ui/button.tsx'
import { Notice, Section } from '../../../_ui/card.tsx'
import { callWire, keys, sentenceFor } from '../../../_ui/data/wire.ts'
import { Spinner } from '../../../_ui/spinner.tsx'
import { EmptyState } from '../../../_ui/states.tsx'
import { Cell, Row, Table } from '../../../_ui/table.tsx'

const SHOWN_AT_MOST = 200

const COLOURS: Readonly<Record<EmotionName | 'unclear', string>> = {
  neutral: 'bg-emotion-neutral',
  happy: 'bg-emotion-happy',
  sad: 'bg-emotion-sad',
  surprise: 'bg-emotion-surprise',
  fear: 'bg-emotion-fear',
  disgust: 'bg-emotion-disgust',
  anger: 'bg-emotion-anger',
  contempt: 'bg-emotion-contempt',
  unclear: 'bg-emotion-unclear',
}

const SOURCES = {
  expression: 'sourceExpression',
  'check-in': 'sourceCheckIn',
  none: 'sourceNone',
} as const

/** The section *My readings*. */
export function MyReadings(): ReactNode {
  const t = useTranslations('account')
  const common = useTranslations('common')
  const query = useQuery({
    queryKey: ['my-readings'],
    queryFn: () => getVault().call('myReadings', {}),
  })
  const readings = query.data?.readings ?? []
  return (
    <Section
      id="readings"
      title={t('readingsTitle')}
      description={t('readingsLine')}
      actions={
        readings.length > 0 ? (
          <Button
            variant="secondary"
            size="sm"
            onClick={() => {
              download(readings)
            }}
          >
            <Download aria-hidden="true" />
            {t('download')}
          </Button>
        ) : null
      }
    >
      {query.isPending ? <Spinner text={t('readingsLoading')} /> : null}
      {query.error ? (
        <Notice
          tone="danger"
          alert
          actions={
            <Button size="sm" variant="secondary" onClick={() => query.refetch()}>
              {common('tryAgain')}
            </Button>
          }
        >
          {sentenceFor(query.error)}
        </Notice>
      ) : null}
      {query.data && readings.length === 0 ? (
        <EmptyState level={3} icon={<Sprout aria-hidden="true" />} title={t('readingsEmptyTitle')}>
          {t('readingsEmptyText')}
        </EmptyState>
      ) : null}
      {readings.length > 0 ? <Readings readings={readings} /> : null}
    </Section>
  )
}

/** A file made in the browser; the readings leave the page on no other way. */
function download(readings: readonly MyReading[]): void {
  const text = JSON.stringify({ readings }, null, 2)
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'attune-my-readings.json'
  link.click()
  URL.revokeObjectURL(url)
}

function Readings({ readings }: { readings: readonly MyReading[] }): ReactNode {
  const t = useTranslations('account')
  const locale = useLocale()
  const courseIds = [...new Set(readings.map((reading) => reading.courseId))]
  const courses = useQueries({
    queries: courseIds.map((id) => ({
      queryKey: keys.course(id),
      queryFn: () => callWire('course', { id }, null),
      staleTime: 60_000,
    })),
  })
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const known = new Map<string, RouteAnswer<'course'>>(
    courses.flatMap((course) => (course.data ? [[course.data.id, course.data]] : [])),
  )
  const startOf = (reading: MyReading): number =>
    known.get(reading.courseId)?.classes.find((one) => one.id === reading.classId)?.startedAt ?? 0
  const shown = readings
    .toSorted((one, other) => startOf(other) - startOf(one) || other.interval - one.interval)
    .slice(0, SHOWN_AT_MOST)
  return (
    <div className="grid gap-3">
      <p className="text-sm text-ink-muted">
        {readings.length > shown.length
          ? t('readingsShowing', { shown: shown.length, count: readings.length })
          : t('readingsCount', { count: readings.length })}
      </p>
      <Table
        caption={t('readingsTitle')}
        className="max-h-128 overflow-y-auto"
        columns={[
          { key: 'reading', label: t('columnReading') },
          { key: 'engagement', label: t('columnEngagement') },
          { key: 'course', label: t('columnCourse') },
          { key: 'class', label: t('columnClass') },
          { key: 'interval', label: t('columnInterval'), numeric: true },
          { key: 'source', label: t('columnSource') },
        ]}
      >
        {shown.map((reading) => {
          const emotion = reading.emotion ?? 'unclear'
          const startedAt = startOf(reading)
          return (
            <Row key={`${reading.classId} ${reading.interval}`}>
              <Cell>
                <span className="flex items-center gap-2.5">
                  <span
                    aria-hidden="true"
                    className={`size-3 rounded-full ring-1 ring-ink/15 ${COLOURS[emotion]}`}
                  />
                  {emotion}
                </span>
              </Cell>
              <Cell className="whitespace-nowrap">{t(`engagement${reading.engagement}`)}</Cell>
              <Cell className="max-w-48 truncate">
                {known.get(reading.courseId)?.name ?? t('unknownCourse')}
              </Cell>
              <Cell className="whitespace-nowrap text-ink-muted">
                {startedAt === 0 ? '–' : when.format(startedAt)}
              </Cell>
              <Cell numeric>{reading.interval}</Cell>
              <Cell className="whitespace-nowrap text-ink-muted">{t(SOURCES[reading.kind])}</Cell>
            </Row>
          )
        })}
      </Table>
    </div>
  )
}
