'use client'

/** The audit trail: who did what, who opened what; searched and filtered by the server. */
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { AUDIT_KINDS } from '../../_wire/audit.ts'
import { Card } from '../../_ui/card.tsx'
import { PageHeader } from '../../_ui/page-header.tsx'
import { Select } from '../../_ui/select.tsx'
import { TextField } from '../../_ui/text-field.tsx'
import { AuditTable } from './audit-table.tsx'
import { dayOf } from './days.ts'
import { SearchBox } from './list-tools.tsx'

/** A day as the query takes it; empty while none is chosen. */
function dayText(text: string, later = 0): string {
  return String(dayOf(text, later) ?? '')
}

/** The page `/admin/audit`. */
export function AuditPage(): ReactNode {
  const t = useTranslations('desk.audit')
  const desk = useTranslations('desk')
  const kinds = useTranslations('audit.kinds')
  const [search, setSearch] = useState('')
  const [kind, setKind] = useState('')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const filter = { search, kind, from: dayText(from), to: dayText(to, 1) }
  return (
    <>
      <PageHeader title={t('title')} description={t('line')} />
      <div className="grid grid-cols-1 gap-6">
        <div className="flex flex-wrap items-end gap-3">
          <SearchBox label={desk('searchPeople')} onSearch={setSearch} />
          <Select
            label={t('kind')}
            className="w-52"
            value={kind}
            options={[
              { value: '', label: t('anyKind') },
              ...AUDIT_KINDS.map((value) => ({ value, label: kinds(value) })),
            ]}
            onValueChange={setKind}
          />
          <TextField
            type="date"
            label={t('from')}
            className="w-44"
            value={from}
            onChange={(event) => {
              setFrom(event.currentTarget.value)
            }}
          />
          <TextField
            type="date"
            label={t('to')}
            className="w-44"
            value={to}
            onChange={(event) => {
              setTo(event.currentTarget.value)
            }}
          />
        </div>
        <Card className="p-5">
          <AuditTable filter={filter} />
        </Card>
      </div>
    </>
  )
}
