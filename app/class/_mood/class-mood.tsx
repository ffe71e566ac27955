'use client'

/**
 * The mood of the class as a whole, floating over the lesson: totals of the last interval, as the
 * vault hands them out, as a donut and as text. It must never show anybody's own reading, nor
 * anything below the minimum group.
 */
import { GripHorizontal } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useRef, type ReactNode } from 'react'
import type { Readings } from '../../_call/readings/readings.ts'
import type { ClassTotals } from '../../_vault/verbs.ts'
import { useStore } from '../_state/use-store.ts'
import { Donut } from './donut.tsx'
import { EmotionSwatch } from './emotion-swatch.tsx'
import { EngagementLine } from './engagement-line.tsx'
import { countsOf, type MoodCounts, slicesOf } from './slices.ts'
import { useFloating } from './use-floating.ts'

/** A `figure` named *Class mood*; absent while the class has no readings. */
export function ClassMood({ readings }: { readings: Readings }): ReactNode {
  const { entry, totals } = useStore(readings.state)
  return entry === null || entry.readings === 'off' ? null : <Figure totals={totals} />
}

function Figure({ totals }: { totals: ClassTotals | null }): ReactNode {
  const t = useTranslations('class.mood')
  const figure = useRef<HTMLElement>(null)
  const { place, handle } = useFloating(figure, 'class-mood')
  return (
    <figure
      ref={figure}
      aria-label={t('name')}
      data-interval={totals?.interval}
      style={
        place === null
          ? { visibility: 'hidden' }
          : { transform: `translate(${place.x}px, ${place.y}px)` }
      }
      className="fixed top-0 left-0 z-30 w-52 rounded-panel sm:w-64 border border-line bg-raised shadow-over"
    >
      <button
        type="button"
        aria-label={t('move')}
        title={t('moveHint')}
        className="flex h-11 w-full cursor-grab touch-none items-center justify-between rounded-t-panel px-4 text-sm font-semibold select-none active:cursor-grabbing"
        {...handle}
      >
        <span aria-hidden="true">{t('name')}</span>
        <GripHorizontal aria-hidden="true" className="size-5 text-ink-muted" />
      </button>
      <div className="grid gap-3 px-4 pb-4">
        {totals === null ? <Words text={t('waiting')} /> : <Totals totals={totals} />}
      </div>
    </figure>
  )
}

function Totals({ totals }: { totals: ClassTotals }): ReactNode {
  const t = useTranslations('class.mood')
  const format = useFormatter()
  const counts = countsOf(totals)
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const time = format.dateTime(new Date(totals.at), {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone,
  })
  return (
    <>
      {totals.total === 0 ? <Words text={t('nobody')} /> : null}
      {totals.total > 0 && counts === null ? (
        <Words title={t('tooFew')} text={t('tooFewWhy')} />
      ) : null}
      {totals.total > 0 && counts !== null ? (
        <>
          <Donut counts={counts} total={totals.total} />
          <Legend counts={counts} total={totals.total} />
          {totals.engagement === null ? null : (
            <EngagementLine engagement={totals.engagement} total={totals.total} />
          )}
        </>
      ) : null}
      <figcaption className="text-xs text-ink-muted tabular-nums">{t('at', { time })}</figcaption>
    </>
  )
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

function Words({ title, text }: { title?: string; text: string }): ReactNode {
  return (
    <div className="grid min-h-24 content-center gap-1 text-center">
      {title === undefined ? null : <p className="font-medium">{title}</p>}
      <p className="text-sm leading-relaxed text-ink-muted">{text}</p>
    </div>
  )
}
