'use client'

/**
 * An opened history: engagement by student, the log of readings, filters by student, engagement and
 * period. Readings that are off a student's face are often wrong about the student, and the page says so.
 */
import { useLocale, useTranslations } from 'next-intl'
import { useMemo, useState, type ReactNode } from 'react'
import { ENGAGEMENTS } from '../../_wire/emotions.ts'
import type { CourseReadings, StudentReading } from '../../_vault/history/verbs.ts'
import { Button } from '../../_ui/button.tsx'
import { Notice, Section } from '../../_ui/card.tsx'
import { Select } from '../../_ui/select.tsx'
import { EmptyState } from '../../_ui/states.tsx'
import { Cell, Row, Table, type Sorting } from '../../_ui/table.tsx'
import { TextField } from '../../_ui/text-field.tsx'
import { dayOf } from './days.ts'
import { EngagementBars } from './engagement-bars.tsx'
import { byStudent, fitting, LOG_COLUMNS, sorted, type LogColumn } from './history-sums.ts'

const ROWS = 100

/** Filters, bars and log. */
export function HistoryView({ history }: { history: CourseReadings }): ReactNode {
  const t = useTranslations('desk.history')
  const audit = useTranslations('desk.audit')
  const [student, setStudent] = useState('')
  const [engagement, setEngagement] = useState('')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const names = useMemo(
    () => new Map(history.students.map(({ accountId, name }) => [accountId, name])),
    [history],
  )
  const shown = fitting(history.readings, {
    student,
    engagement,
    from: dayOf(from),
    to: dayOf(to, 1),
  })
  const problems = history.classes.flatMap((opened) => opened.problems)
  if (history.readings.length === 0) {
    return <EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>
  }
  return (
    <div className="grid grid-cols-1 gap-6">
      <Notice>{t('caution')}</Notice>
      {problems.map(({ code, message, count }) => (
        <Notice key={code} tone="warning">
          {message} {t('pieces', { count })}
        </Notice>
      ))}
      <div className="flex flex-wrap items-end gap-3">
        <Select
          label={t('student')}
          className="min-w-44 flex-1"
          value={student}
          options={[
            { value: '', label: t('everyone') },
            ...history.students.map(({ accountId, name }) => ({ value: accountId, label: name })),
          ]}
          onValueChange={setStudent}
        />
        <Select
          label={t('engagement')}
          className="w-48"
          value={engagement}
          options={[
            { value: '', label: t('anyEngagement') },
            ...ENGAGEMENTS.map((name, code) => ({
              value: String(code),
              label: t(`engagements.${name}`),
            })),
          ]}
          onValueChange={setEngagement}
        />
        <TextField
          type="date"
          label={audit('from')}
          className="w-44"
          value={from}
          onChange={(event) => {
            setFrom(event.currentTarget.value)
          }}
        />
        <TextField
          type="date"
          label={audit('to')}
          className="w-44"
          value={to}
          onChange={(event) => {
            setTo(event.currentTarget.value)
          }}
        />
      </div>
      {shown.length === 0 ? (
        <EmptyState title={t('noneTitle')}>{t('noneText')}</EmptyState>
      ) : (
        <>
          <Section id="engagement" title={t('byStudent')}>
            <EngagementBars sums={byStudent(shown)} names={names} choose={setStudent} />
          </Section>
          <Section id="log" title={t('log')}>
            <Log readings={shown} names={names} />
          </Section>
        </>
      )}
    </div>
  )
}

function Log(props: {
  readings: readonly StudentReading[]
  names: ReadonlyMap<string, string>
}): ReactNode {
  const { readings, names } = props
  const t = useTranslations('desk.history')
  const desk = useTranslations('desk')
  const emotions = useTranslations('class.mood.emotions')
  const locale = useLocale()
  const [rows, setRows] = useState(ROWS)
  const [sorting, setSorting] = useState<Sorting & { by: LogColumn }>({ by: 'when', order: 'desc' })
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' })
  const columns = LOG_COLUMNS.map((key) => ({ key, label: t(key), sortable: true }))
  const log = sorted(readings, sorting.by, sorting.order, names)
  return (
    <div className="grid grid-cols-1 gap-5">
      <Table
        caption={t('log')}
        columns={columns}
        sorting={sorting}
        onSort={({ by, order }) => {
          const column = LOG_COLUMNS.find((one) => one === by)
          if (column) setSorting({ by: column, order })
        }}
      >
        {log.slice(0, rows).map((reading) => (
          <Row key={`${reading.accountId} ${reading.classId} ${String(reading.at)}`}>
            <Cell className="whitespace-nowrap text-ink-muted tabular-nums">
              {when.format(reading.at)}
            </Cell>
            <Cell className="min-w-32">{names.get(reading.accountId)}</Cell>
            <Cell>{reading.emotion === null ? t('unclear') : emotions(reading.emotion)}</Cell>
            <Cell className="whitespace-nowrap">
              {t(`engagements.${ENGAGEMENTS[reading.engagement]}`)}
            </Cell>
          </Row>
        ))}
      </Table>
      {readings.length > rows ? (
        <Button
          variant="secondary"
          className="justify-self-center"
          onClick={() => {
            setRows(rows + ROWS)
          }}
        >
          {desk('showMore')}
        </Button>
      ) : null}
    </div>
  )
}
