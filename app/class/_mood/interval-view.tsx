'use client'

/**
 * One interval's totals, as a donut and as text, with the engagement below. It must never show
 * anything below the minimum group.
 */
import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { ClassTotals, ReadingsMode } from '../../_vault/verbs.ts'
import { Donut } from './donut.tsx'
import { EmotionSwatch } from './emotion-swatch.tsx'
import { EngagementLine } from './engagement-line.tsx'
import { countsOf, type MoodCounts, slicesOf } from './slices.ts'
import type { Views } from './views.ts'

/** The last interval, as far as the teacher wants to see it. */
export function IntervalView(props: {
  totals: ClassTotals | null
  mode: ReadingsMode
  views: Views
}): ReactNode {
  const { totals, mode, views } = props
  const t = useTranslations('class.mood')
  const time = useTimeOf()
  if (totals === null) return <Words text={t('waiting')} />
  const counts = countsOf(totals)
  return (
    <>
      {totals.total === 0 ? <Words text={t('nobody')} /> : null}
      {totals.total > 0 && counts === null ? (
        <Words title={t('tooFew')} text={t('tooFewWhy')} />
      ) : null}
      {totals.total > 0 && counts !== null ? (
        <>
          {views.emotions ? (
            <>
              <Donut counts={counts} total={totals.total} />
              <Legend counts={counts} total={totals.total} />
            </>
          ) : null}
          {views.engagement && mode === 'expression' && totals.engagement !== null ? (
            <EngagementLine engagement={totals.engagement} total={totals.total} />
          ) : null}
        </>
      ) : null}
      <figcaption className="text-xs text-ink-muted tabular-nums">
        {t('at', { time: time(totals.at) })}
      </figcaption>
    </>
  )
}

/** Says a moment as the time of the day, here. */
export function useTimeOf(): (at: number) => string {
  const format = useFormatter()
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return (at) =>
    format.dateTime(new Date(at), {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      timeZone,
    })
}

/** The same as the donut, in words; a screen reader reads it as one sentence. */
function Legend({ counts, total }: { counts: MoodCounts; total: number }): ReactNode {
  const t = useTranslations('class.mood')
  const slices = slicesOf(counts)
  const parts = slices.map(({ part, count }) => `${t(`emotions.${part}`)} ${count}`).join(', ')
  return (
    <>
      <p className="sr-only">{t('summary', { total, parts })}</p>
      <ul aria-hidden="true" className="grid gap-1 text-[0.8125rem]">
        {slices.map(({ part, count }) => (
          <li key={part} className="flex items-center gap-2">
            <EmotionSwatch emotion={part} />
            <span className="flex-1">{t(`emotions.${part}`)}</span>
            <span className="text-ink-muted tabular-nums">{count}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** A word or two where there is nothing to draw. */
export function Words({ title, text }: { title?: string; text: string }): ReactNode {
  return (
    <div className="grid min-h-24 content-center gap-1 text-center">
      {title === undefined ? null : <p className="font-medium">{title}</p>}
      <p className="text-sm leading-relaxed text-ink-muted">{text}</p>
    </div>
  )
}
