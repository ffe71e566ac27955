'use client'

/**
 * Lines of the audit trail for a table: when, what, who, whom, where. A person's own page and the desk
 * show the same lines. What is not a known kind is never guessed at.
 */
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { AuditEntry } from '../_wire/audit.ts'
import { useVault } from './data/use-vault.ts'
import { Cell, Row, Table } from './table.tsx'

export interface AuditRowsProps {
  readonly events: readonly AuditEntry[]
  /** Leaves *Whom* out where it is one person throughout. */
  readonly withoutSubject?: boolean
}

/** The table *Events*. */
export function AuditRows({ events, withoutSubject = false }: AuditRowsProps): ReactNode {
  const t = useTranslations('desk.audit')
  const kinds = useTranslations('audit.kinds')
  const locale = useLocale()
  const { account } = useVault()
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const nameOf = (person: AuditEntry['actor']): string => {
    if (person === null) return t('nobody')
    if (person.id === account?.accountId) return t('self')
    return person.name === '' ? t('erased') : person.name
  }
  const columns = [
    { key: 'when', label: t('when') },
    { key: 'what', label: t('what') },
    { key: 'who', label: t('who') },
    ...(withoutSubject ? [] : [{ key: 'whom', label: t('whom') }]),
    { key: 'course', label: t('course') },
  ]
  return (
    <Table caption={t('table')} columns={columns}>
      {events.map((event) => (
        <Row key={event.id}>
          <Cell className="whitespace-nowrap text-ink-muted tabular-nums">
            {when.format(event.at)}
          </Cell>
          <Cell className="min-w-40">
            {kinds(event.kind)}
            <Detail detail={event.detail} when={when} />
          </Cell>
          <Cell>{nameOf(event.actor)}</Cell>
          {withoutSubject ? null : <Cell>{nameOf(event.subject)}</Cell>}
          <Cell>{event.course?.name ?? t('nobody')}</Cell>
        </Row>
      ))}
    </Table>
  )
}

/** The words and numbers of a detail; switches that are off say nothing. */
function Detail(props: { detail: AuditEntry['detail']; when: Intl.DateTimeFormat }): ReactNode {
  const { detail, when } = props
  const t = useTranslations('audit.details')
  const known = Object.entries(detail).filter(([, value]) => value !== false)
  if (known.length === 0) return null
  const words = known.map(([name, value]) => {
    const label = t.has(name as never) ? t(name as never) : name
    if (value === true) return label
    // Moments are named …At throughout.
    const moment = typeof value === 'number' && name.endsWith('At')
    return `${label}: ${moment ? when.format(value) : String(value)}`
  })
  return <span className="block text-sm text-ink-muted">{words.join(', ')}</span>
}
