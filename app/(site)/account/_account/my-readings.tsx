'use client'

/**
 * Every own reading, opened by the vault on this device, as a table and as a file. It must never be
 * sent anywhere.
 */
import { useQuery } from '@tanstack/react-query'
import { Download, Sprout } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { getVault } from '../../../_vault/client.ts'
import type { EmotionName, MyReading } from '../../../_vault/verbs.ts'
import { Button } from '../../../_ui/button.tsx'
import { Notice, Section } from '../../../_ui/card.tsx'
import { sentenceFor } from '../../../_ui/data/failure.ts'
import { saveFile } from '../../../_ui/save-file.ts'
import { Spinner } from '../../../_ui/spinner.tsx'
import { EmptyState } from '../../../_ui/states.tsx'
import { Cell, Row, Table } from '../../../_ui/table.tsx'
import { EraseReadings } from './erase-readings.tsx'
import { readingsAsCsv, readingsAsJson } from './export-readings.ts'

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

/** The sections *My readings* and *Erase readings*. */
export function MyReadings(): ReactNode {
  const t = useTranslations('account')
  const common = useTranslations('common')
  const query = useQuery({
    queryKey: ['my-readings'],
    queryFn: () => getVault().call('myReadings', {}),
  })
  const readings = query.data?.readings ?? []
  const courses = query.data?.courses ?? []
  const section = (
    <Section
      id="readings"
      title={t('readingsTitle')}
      description={t('readingsLine')}
      actions={
        readings.length > 0 ? (
          <div className="flex flex-wrap gap-2">
            <Button
              variant="secondary"
              size="sm"
              onClick={() => {
                saveFile('attune-my-readings.json', 'application/json', readingsAsJson(readings))
              }}
            >
              <Download aria-hidden="true" />
              {t('downloadJson')}
            </Button>
            <Button
              variant="secondary"
              size="sm"
              onClick={() => {
                saveFile('attune-my-readings.csv', 'text/csv', readingsAsCsv(readings))
              }}
            >
              <Download aria-hidden="true" />
              {t('downloadCsv')}
            </Button>
          </div>
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
      {query.data && readings.length === 0 && query.data.unopened === 0 ? (
        <EmptyState level={3} icon={<Sprout aria-hidden="true" />} title={t('readingsEmptyTitle')}>
          {t('readingsEmptyText')}
        </EmptyState>
      ) : null}
      {query.data && query.data.unopened > 0 ? (
        <Notice tone="warning">{t('unopened', { count: query.data.unopened })}</Notice>
      ) : null}
      {readings.length > 0 ? <Readings readings={readings} /> : null}
    </Section>
  )
  return (
    <>
      {section}
      {courses.length > 0 ? <EraseReadings courses={courses} /> : null}
    </>
  )
}

function Readings({ readings }: { readings: readonly MyReading[] }): ReactNode {
  const t = useTranslations('account')
  const locale = useLocale()
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' })
  const shown = readings.toSorted((one, other) => other.at - one.at).slice(0, SHOWN_AT_MOST)
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
          { key: 'time', label: t('columnTime') },
          { key: 'source', label: t('columnSource') },
        ]}
      >
        {shown.map((reading, at) => {
          const emotion = reading.emotion ?? 'unclear'
          return (
            <Row key={`${reading.classId} ${String(reading.interval)} ${String(at)}`}>
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
              <Cell className="max-w-48 truncate">{reading.courseName}</Cell>
              <Cell className="whitespace-nowrap text-ink-muted">{when.format(reading.at)}</Cell>
              <Cell className="whitespace-nowrap text-ink-muted">{t(SOURCES[reading.kind])}</Cell>
            </Row>
          )
        })}
      </Table>
    </div>
  )
}
