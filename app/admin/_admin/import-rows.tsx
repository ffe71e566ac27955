'use client'

/** The rows of an import with what happens to each, and what is wrong with it in words. */
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import type { RouteAnswer } from '../../_wire/routes.ts'
import { Badge } from '../../_ui/badge.tsx'
import { Card } from '../../_ui/card.tsx'
import { Checkbox } from '../../_ui/choice.tsx'
import { Cell, Row, Table } from '../../_ui/table.tsx'

type ImportedRow = RouteAnswer<'importPeople'>['rows'][number]

const TONES = { invite: 'accent', change: 'accent', same: 'neutral', refused: 'danger' } as const

/** The table *Rows of the file*. */
export function ImportRows({ rows }: { rows: readonly ImportedRow[] }): ReactNode {
  const t = useTranslations('desk.import')
  const [onlyProblems, setOnlyProblems] = useState(false)
  const shown = onlyProblems ? rows.filter(({ outcome }) => outcome === 'refused') : rows
  const columns = [
    { key: 'row', label: t('row'), numeric: true },
    { key: 'person', label: t('person') },
    { key: 'outcome', label: t('outcome') },
  ]
  return (
    <Card className="grid grid-cols-1 gap-4 p-5">
      <Checkbox
        label={t('onlyProblems')}
        checked={onlyProblems}
        onCheckedChange={setOnlyProblems}
      />
      <Table caption={t('table')} columns={columns}>
        {shown.map((row) => (
          <Row key={row.line}>
            <Cell numeric className="w-12 align-top">
              {row.line}
            </Cell>
            <Cell className="min-w-44 align-top">
              <span className="font-medium">{row.name || row.email}</span>
              <span className="block text-sm text-ink-muted">{row.name ? row.email : ''}</span>
            </Cell>
            <Cell className="min-w-52">
              <Badge tone={TONES[row.outcome]}>{t(`outcomes.${row.outcome}`)}</Badge>
              {row.courses.map((course) => (
                <span key={course} className="block pt-1 text-sm text-ink-muted">
                  {t('course', { course })}
                </span>
              ))}
              {row.problems.map((problem) => (
                <span key={problem} className="block pt-1 text-sm text-danger-ink">
                  {t(`problems.${problem}`)}
                </span>
              ))}
            </Cell>
          </Row>
        ))}
      </Table>
    </Card>
  )
}
