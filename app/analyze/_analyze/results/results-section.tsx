'use client'

/** The table *Results*, sorted as the person likes, with what can be kept of it; a line opens its picture. */
import { ArrowDown, ArrowUp, Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { memo, useMemo, useState, type ReactNode } from 'react'
import { EmotionSwatch } from '../../../class/_mood/emotion-swatch.tsx'
import { Button } from '../../../_ui/button.tsx'
import { Section } from '../../../_ui/card.tsx'
import { EmptyState } from '../../../_ui/states.tsx'
import { Cell, Row } from '../../../_ui/table.tsx'
import type { Analyzer } from '../analyzer.ts'
import { saveFile } from '../../../_ui/save-file.ts'
import { useWords } from '../use-words.ts'
import { toCsv, toJson } from './export.ts'
import { ResultDetails } from './result-details.tsx'
import { RESULT_COLUMNS, rowsOf, sortRows } from './result.ts'
import type { Result, ResultColumn, ResultRow } from './result.ts'

/** Rows that are drawn at once; the downloads always hold all. */
const SHOWN = 500

/** Drawn anew when results come, not whenever a long queue moves on. */
export const ResultsSection = memo(function ResultsSection(props: {
  analyzer: Analyzer
  results: readonly Result[]
}): ReactNode {
  const { analyzer, results } = props
  const t = useTranslations('analyze')
  const [sort, setSort] = useState<{ column: ResultColumn; descending: boolean }>()
  const [opened, setOpened] = useState<string>()
  const rows = useMemo(() => {
    const all = results.flatMap(rowsOf)
    return sort === undefined ? all : sortRows(all, sort.column, sort.descending)
  }, [results, sort])
  const row = rows.find(({ key }) => key === opened) ?? rows[0]

  return (
    <Section
      id="results"
      title={t('results')}
      description={t('resultsLine')}
      actions={
        results.length === 0 ? null : (
          <div className="flex flex-wrap gap-2">
            <Button
              size="sm"
              variant="secondary"
              onClick={() => {
                saveFile('results.csv', 'text/csv', toCsv(results))
              }}
            >
              <Download aria-hidden="true" />
              {t('csv')}
            </Button>
            <Button
              size="sm"
              variant="secondary"
              onClick={() => {
                saveFile('results.json', 'application/json', toJson(results))
              }}
            >
              <Download aria-hidden="true" />
              {t('json')}
            </Button>
            <Button
              size="sm"
              variant="quiet"
              onClick={() => {
                analyzer.clear()
              }}
            >
              {t('clear')}
            </Button>
          </div>
        )
      }
    >
      {row === undefined ? (
        <EmptyState level={3} title={t('resultsEmptyTitle')}>
          {t('resultsEmpty')}
        </EmptyState>
      ) : (
        <div className="grid gap-8 lg:grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)]">
          <div
            role="group"
            aria-label={t('results')}
            tabIndex={0}
            className="max-h-[36rem] overflow-auto rounded-control"
          >
            <table
              aria-label={t('results')}
              className="w-full border-collapse text-left text-[0.9375rem]"
            >
              <thead>
                <tr className="border-b border-line text-sm text-ink-muted">
                  {RESULT_COLUMNS.map((column) => (
                    <SortHeader
                      key={column}
                      label={t(`columns.${column}`)}
                      direction={sort?.column === column ? sort.descending : undefined}
                      onSort={() => {
                        const again = sort?.column === column && !sort.descending
                        setSort({ column, descending: again })
                      }}
                    />
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.slice(0, SHOWN).map((one) => (
                  <ResultLine key={one.key} row={one} current={one === row} open={setOpened} />
                ))}
              </tbody>
            </table>
          </div>
          <ResultDetails key={row.key} row={row} />
        </div>
      )}
    </Section>
  )
})

function SortHeader(props: {
  label: string
  /** Undefined: not sorted by this; true: descending. */
  direction: boolean | undefined
  onSort: () => void
}): ReactNode {
  const { label, direction, onSort } = props
  const Arrow = direction === true ? ArrowDown : ArrowUp
  const sorted = direction === true ? 'descending' : 'ascending'
  return (
    <th
      scope="col"
      aria-sort={direction === undefined ? 'none' : sorted}
      className="sticky top-0 bg-raised px-2 py-1 font-medium first:pl-0"
    >
      <button
        type="button"
        onClick={onSort}
        className="inline-flex items-center gap-1 rounded-lg py-1.5 hover:text-ink"
      >
        {label}
        <Arrow
          aria-hidden="true"
          className={direction === undefined ? 'size-3.5 opacity-0' : 'size-3.5'}
        />
      </button>
    </th>
  )
}

const ResultLine = memo(function ResultLine(props: {
  row: ResultRow
  current: boolean
  open: (key: string) => void
}): ReactNode {
  const { row, current, open } = props
  const t = useTranslations('analyze')
  const words = useWords()
  return (
    <Row className={current ? 'bg-accent-soft/60' : undefined}>
      <Cell className="max-w-48 px-2">
        <button
          type="button"
          aria-pressed={current}
          onClick={() => {
            open(row.key)
          }}
          className="max-w-full truncate rounded-lg text-left underline decoration-line-strong underline-offset-4 hover:decoration-ink"
        >
          {row.file}
        </button>
        {row.seen === null ? null : <p className="text-sm text-ink-muted">{t('seen', row.seen)}</p>}
      </Cell>
      <Cell className="px-2 tabular-nums">{row.face}</Cell>
      <Cell className="px-2">
        <span className="inline-flex items-center gap-2">
          <EmotionSwatch emotion={row.emotion ?? 'unclear'} />
          {words.emotion(row.emotion)}
        </span>
      </Cell>
      <Cell className="px-2 tabular-nums">{words.percent(row.reading.confidence)}</Cell>
      <Cell className="px-2">{words.engagement(row.reading.engagement)}</Cell>
    </Row>
  )
})
