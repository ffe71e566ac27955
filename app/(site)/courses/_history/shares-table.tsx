'use client'

/** The figures of a chart as a table, folded away until somebody wants them; the same as the picture, in words. */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Cell, Row, Table } from '../../../_ui/table.tsx'
import { type Bar, type Measure, PARTS } from './shares.ts'
import { FILLS } from './stacked-bars.tsx'

/** Names and colours of a measure's parts. */
export function Legend({ measure }: { measure: Measure }): ReactNode {
  const t = useTranslations('history')
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1.5 text-sm text-ink-muted">
      {PARTS[measure].map((part) => (
        <li key={part} className="flex items-center gap-2">
          <span
            aria-hidden="true"
            className="size-2.5 rounded-full ring-1 ring-ink/15"
            style={{ background: FILLS[part] }}
          />
          {t(`parts.${part}`)}
        </li>
      ))}
    </ul>
  )
}

/** @param name of the first column's cell for a bar */
export function SharesTable(props: {
  caption: string
  first: string
  bars: readonly Bar[]
  measure: Measure
  name: (bar: Bar) => string
}): ReactNode {
  const { caption, first, bars, measure, name } = props
  const t = useTranslations('history')
  return (
    <details className="group text-sm">
      <summary className="w-fit rounded-control py-1 text-ink-muted underline-offset-4 hover:text-ink hover:underline">
        {t('asTable')}
      </summary>
      <Table
        caption={caption}
        className="mt-2 max-h-80 overflow-y-auto"
        columns={[
          { key: 'first', label: first },
          ...PARTS[measure].map((part) => ({
            key: part,
            label: t(`parts.${part}`),
            numeric: true,
          })),
          { key: 'shown', label: t('columnShown'), numeric: true },
        ]}
      >
        {bars.map((bar) => (
          <Row key={bar.key}>
            <Cell className="whitespace-nowrap">{name(bar)}</Cell>
            {PARTS[measure].map((part) => (
              <Cell key={part} numeric>
                {bar.sum === 0
                  ? '–'
                  : `${String(Math.round(((bar.counts[part] ?? 0) / bar.sum) * 100))} %`}
              </Cell>
            ))}
            <Cell numeric>{t('shownOf', { shown: bar.shown, all: bar.shown + bar.tooFew })}</Cell>
          </Row>
        ))}
      </Table>
    </details>
  )
}
