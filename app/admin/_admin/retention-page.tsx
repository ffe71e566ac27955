'use client'

/** How long the school keeps what it keeps, and what that means for each course. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import type { RouteAnswer } from '../../_wire/routes.ts'
import { Button } from '../../_ui/button.tsx'
import { Notice, Section } from '../../_ui/card.tsx'
import { useSaving } from '../../_ui/data/use-saving.ts'
import { sentenceFor } from '../../_ui/data/failure.ts'
import { callWire, keys } from '../../_ui/data/wire.ts'
import { LoadFailed } from '../../_ui/load-failed.tsx'
import { PageHeader } from '../../_ui/page-header.tsx'
import { SavedStatus } from '../../_ui/saved-status.tsx'
import { LoadingState } from '../../_ui/spinner.tsx'
import { Cell, Row, Table } from '../../_ui/table.tsx'
import { NumberField } from '../../_ui/text-field.tsx'

type Answer = RouteAnswer<'retention'>
type Field = keyof Answer['retention']

const FIELDS: readonly {
  name: Field
  label: 'readings' | 'audit' | 'invitations'
  from: number
  to: number
}[] = [
  { name: 'readingsMaxDays', label: 'readings', from: 1, to: 3650 },
  { name: 'auditDays', label: 'audit', from: 30, to: 3650 },
  { name: 'invitationDays', label: 'invitations', from: 1, to: 365 },
]

/** The page `/admin/retention`. */
export function RetentionPage(): ReactNode {
  const t = useTranslations('desk.retention')
  const common = useTranslations('common')
  const query = useQuery({
    queryKey: keys.retention,
    queryFn: ({ signal }) => callWire('retention', {}, null, { signal }),
  })
  if (query.isPending) return <LoadingState text={common('loading')} />
  if (query.error) return <LoadFailed error={query.error} retry={query.refetch} />
  return (
    <>
      <PageHeader title={t('title')} description={t('line')} />
      <div className="grid grid-cols-1 gap-6">
        <RetentionForm retention={query.data.retention} />
        {query.data.courses.length > 0 ? <Courses data={query.data} /> : null}
      </div>
    </>
  )
}

function RetentionForm({ retention }: { retention: Answer['retention'] }): ReactNode {
  const t = useTranslations('desk.retention')
  const cache = useQueryClient()
  const saving = useSaving()
  const [failed, setFailed] = useState<string>()
  const [draft, setDraft] = useState<Record<Field, string>>({
    readingsMaxDays: String(retention.readingsMaxDays),
    auditDays: String(retention.auditDays),
    invitationDays: String(retention.invitationDays),
  })
  const wrong = FIELDS.filter(({ name, from, to }) => {
    const value = Number(draft[name])
    return !/^\d+$/.test(draft[name]) || value < from || value > to
  })
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    if (wrong.length > 0) return
    setFailed(undefined)
    const body = {
      readingsMaxDays: Number(draft.readingsMaxDays),
      auditDays: Number(draft.auditDays),
      invitationDays: Number(draft.invitationDays),
    }
    try {
      await saving.run(async () => {
        await callWire('saveRetention', {}, body)
        await cache.invalidateQueries({ queryKey: keys.retention })
      })
    } catch (cause) {
      setFailed(sentenceFor(cause))
    }
  }
  return (
    <form
      onSubmit={submit}
      noValidate
      className="grid gap-6 rounded-card border border-line bg-raised p-5 shadow-resting sm:p-7"
    >
      <div className="grid gap-6 md:grid-cols-3">
        {FIELDS.map(({ name, label, from, to }) => (
          <NumberField
            key={name}
            label={t(label)}
            hint={t(`${label}Hint`)}
            min={from}
            max={to}
            value={draft[name]}
            error={
              wrong.some((field) => field.name === name) ? t('range', { from, to }) : undefined
            }
            onChange={(event) => {
              saving.forget()
              setDraft({ ...draft, [name]: event.currentTarget.value })
            }}
          />
        ))}
      </div>
      {failed ? (
        <Notice tone="danger" alert>
          {failed}
        </Notice>
      ) : null}
      <Button
        type="submit"
        className="justify-self-start max-sm:w-full"
        busy={saving.state === 'saving' && t('saving')}
      >
        {t('save')}
      </Button>
      <SavedStatus state={saving.state} />
    </form>
  )
}

function Courses({ data }: { data: Answer }): ReactNode {
  const t = useTranslations('desk.retention')
  const course = useTranslations('desk.course')
  const locale = useLocale()
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
  const columns = [
    { key: 'course', label: t('course') },
    { key: 'own', label: t('own'), numeric: true },
    { key: 'effective', label: t('effective'), numeric: true },
    { key: 'classes', label: t('classes'), numeric: true },
    { key: 'next', label: t('next') },
  ]
  return (
    <Section id="courses" title={t('coursesTitle')}>
      <Table caption={t('table')} columns={columns}>
        {data.courses.map(({ id, name, days, classesKept, nextAt }) => (
          <Row key={id}>
            <Cell className="min-w-40 font-medium">{name}</Cell>
            <Cell numeric>{course('days', { count: days })}</Cell>
            <Cell numeric>
              {course('days', { count: Math.min(days, data.retention.readingsMaxDays) })}
            </Cell>
            <Cell numeric>{classesKept}</Cell>
            <Cell className="whitespace-nowrap">{nextAt === null ? '–' : date.format(nextAt)}</Cell>
          </Row>
        ))}
      </Table>
    </Section>
  )
}
