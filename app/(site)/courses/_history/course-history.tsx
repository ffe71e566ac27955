'use client'

/**
 * How the classes of a course went, for those who hold its keys: totals as they were shown, opened in this browser, as
 * charts and tables. It must never show a reading of one person, nor anything below the minimum group.
 */
import { ChartColumn, Download } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import type { ClassHistory } from '../../../_vault/history/verbs.ts'
import { Button } from '../../../_ui/button.tsx'
import { Notice, Section } from '../../../_ui/card.tsx'
import { sentenceFor } from '../../../_ui/data/failure.ts'
import { Select } from '../../../_ui/select.tsx'
import { Spinner } from '../../../_ui/spinner.tsx'
import { EmptyState } from '../../../_ui/states.tsx'
import type { CoursePartProps } from '../_course/course-page.tsx'
import { ClassSummary } from './class-summary.tsx'
import { totalsAsCsv, totalsAsJson } from './export-totals.ts'
import { HistoryProblems } from './history-problems.tsx'
import { saveFile } from '../../../_ui/save-file.ts'
import { barsByClass, type Measure } from './shares.ts'
import { Legend, SharesTable } from './shares-table.tsx'
import { StackedBars } from './stacked-bars.tsx'
import { useCourseHistory } from './use-course-history.ts'

/** The section *How classes went*; its charts are images named after what they show. */
export function CourseHistorySection({ course }: CoursePartProps): ReactNode {
  const t = useTranslations('history')
  const lastEnd = course.classes.reduce<number | null>(
    (last, { endedAt }) => (endedAt !== null && endedAt > (last ?? 0) ? endedAt : last),
    null,
  )
  const { query, classes, missing, opened, progress } = useCourseHistory(course.id, lastEnd)
  const withTotals = classes.filter(({ intervals }) => intervals.length > 0)
  return (
    <Section
      id="history"
      title={t('title')}
      description={t('line')}
      actions={withTotals.length === 0 ? null : <Exports name={course.name} classes={classes} />}
    >
      {query.isFetching ? <Opening progress={progress} /> : null}
      {query.error ? (
        <Notice
          tone="danger"
          alert
          actions={
            <Button size="sm" variant="secondary" onClick={() => query.refetch()}>
              {t('tryAgain')}
            </Button>
          }
        >
          {sentenceFor(query.error)}
        </Notice>
      ) : null}
      <HistoryProblems classes={classes} missing={missing} />
      {opened && !query.isFetching && withTotals.length === 0 ? (
        <EmptyState level={3} icon={<ChartColumn aria-hidden="true" />} title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      ) : null}
      {withTotals.length > 0 ? <Charts classes={withTotals} /> : null}
      {query.hasNextPage ? (
        <Button
          variant="secondary"
          size="sm"
          className="justify-self-start"
          busy={query.isFetchingNextPage && t('opening')}
          onClick={() => query.fetchNextPage()}
        >
          {t('earlier')}
        </Button>
      ) : null}
    </Section>
  )
}

function Opening({ progress }: { progress: { done: number; total: number } | null }): ReactNode {
  const t = useTranslations('history')
  const running = progress !== null && progress.total > 0
  return (
    <div className="grid gap-2">
      <Spinner
        text={
          running ? t('openingOf', { done: progress.done, total: progress.total }) : t('opening')
        }
      />
      {running ? (
        <progress
          aria-label={t('opening')}
          max={progress.total}
          value={progress.done}
          className="h-1.5 w-full accent-accent"
        />
      ) : null}
    </div>
  )
}

function Charts({ classes }: { classes: readonly ClassHistory[] }): ReactNode {
  const t = useTranslations('history')
  const format = useFormatter()
  const [measure, setMeasure] = useState<Measure>('mood')
  const [chosenId, setChosenId] = useState<string>()
  const chosen = classes.find(({ classId }) => classId === chosenId) ?? classes[0]
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const starts = new Map(classes.map(({ classId, startedAt }) => [classId, startedAt]))
  const day = (classId: string): string =>
    format.dateTime(new Date(starts.get(classId) ?? 0), {
      day: 'numeric',
      month: 'short',
      timeZone,
    })
  const moment = (classId: string): string =>
    format.dateTime(new Date(starts.get(classId) ?? 0), {
      dateStyle: 'medium',
      timeStyle: 'short',
      timeZone,
    })
  const bars = barsByClass(classes, measure)
  const byClass = t(measure === 'mood' ? 'moodByClass' : 'engagementByClass')
  return (
    <div className="grid min-w-0 grid-cols-1 gap-6">
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <Select
          label={t('measure')}
          value={measure}
          options={[
            { value: 'mood', label: t('mood') },
            { value: 'engagement', label: t('engagement') },
          ]}
          onValueChange={(value) => {
            setMeasure(value === 'engagement' ? 'engagement' : 'mood')
          }}
        />
        <Select
          label={t('class')}
          value={chosen?.classId ?? ''}
          options={classes.map(({ classId }) => ({ value: classId, label: moment(classId) }))}
          onValueChange={setChosenId}
        />
      </div>
      <Legend measure={measure} />
      {bars.length === 0 ? (
        <p className="text-sm text-ink-muted">{t('nothingShownYet')}</p>
      ) : (
        <div className="grid grid-cols-1 gap-2">
          <h3 className="text-sm font-semibold">{byClass}</h3>
          <StackedBars
            label={byClass}
            axis={t('axis')}
            bars={bars}
            measure={measure}
            tick={(bar) => day(bar.key)}
            {...(chosen ? { chosen: chosen.classId } : {})}
          />
          <SharesTable
            caption={byClass}
            first={t('class')}
            bars={bars}
            measure={measure}
            name={(bar) => moment(bar.key)}
          />
        </div>
      )}
      {chosen ? (
        <div className="grid grid-cols-1 gap-3">
          <h3 className="text-sm font-semibold">
            {t('classTitle', { when: moment(chosen.classId) })}
          </h3>
          <ClassSummary cls={chosen} measure={measure} />
        </div>
      ) : null}
    </div>
  )
}

function Exports(props: { name: string; classes: readonly ClassHistory[] }): ReactNode {
  const t = useTranslations('history')
  const { name, classes } = props
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        variant="secondary"
        size="sm"
        onClick={() => {
          saveFile('attune-totals.csv', 'text/csv', totalsAsCsv(classes))
        }}
      >
        <Download aria-hidden="true" />
        {t('csv')}
      </Button>
      <Button
        variant="secondary"
        size="sm"
        onClick={() => {
          saveFile('attune-totals.json', 'application/json', totalsAsJson(name, classes))
        }}
      >
        <Download aria-hidden="true" />
        {t('json')}
      </Button>
    </div>
  )
}
