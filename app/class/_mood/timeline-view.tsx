'use client'

/**
 * The class so far: bands of emotions and of engagement over the intervals, gaps where too few could
 * be shown, and the same as a list of sentences. It draws totals as they were shown, nothing else.
 */
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import type { ClassTotals, ReadingsMode } from '../../_vault/verbs.ts'
import { EmotionSwatch, MOOD_COLOURS } from './emotion-swatch.tsx'
import { ENGAGEMENT_FILLS } from './engagement-line.tsx'
import { useTimeOf, Words } from './interval-view.tsx'
import { MOOD_PARTS, type MoodPart, slicesOf } from './slices.ts'
import {
  type Band,
  bandsOf,
  emotionSteps,
  ENGAGEMENT_PARTS,
  type EngagementPart,
  engagementSteps,
  gapsOf,
  spanOf,
  type Step,
} from './timeline-shape.ts'
import type { Views } from './views.ts'

const WIDTH = 240
/** Intervals that the timeline has room for before it begins to shrink. */
const LEAST = 12

/** Timeline, legend and text. */
export function TimelineView(props: {
  timeline: readonly ClassTotals[]
  mode: ReadingsMode
  views: Views
}): ReactNode {
  const { timeline, mode, views } = props
  const t = useTranslations('mood.soFar')
  const names = useTranslations('class.mood')
  if (timeline.length === 0) return <Words text={t('empty')} />
  const engagement = views.engagement && mode === 'expression'
  const emotions = emotionSteps(timeline)
  const occurring = MOOD_PARTS.filter((part) => emotions.some(({ shares }) => shares?.[part]))
  const shown = timeline.filter(({ tooFew }) => !tooFew).length
  return (
    <section aria-label={t('title')} className="grid gap-3 border-t border-line pt-3">
      <p className="sr-only">{t('summary', { shown, hidden: timeline.length - shown })}</p>
      {views.emotions ? (
        <div className="grid gap-1.5">
          <p className="text-xs font-medium text-ink-muted">{t('emotions')}</p>
          <Bands steps={emotions} parts={MOOD_PARTS} height={72} look={emotionLook} />
          <ul aria-hidden="true" className="flex flex-wrap gap-x-3 gap-y-1 text-xs text-ink-muted">
            {occurring.map((part) => (
              <li key={part} className="flex items-center gap-1.5">
                <EmotionSwatch emotion={part} />
                {names(`emotions.${part}`)}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {engagement ? (
        <div className="grid gap-1.5">
          <p className="text-xs font-medium text-ink-muted">{t('engagement')}</p>
          <Bands
            steps={engagementSteps(timeline)}
            parts={ENGAGEMENT_PARTS}
            height={36}
            look={engagementLook}
          />
        </div>
      ) : null}
      <AsText timeline={timeline} engagement={engagement} emotions={views.emotions} />
    </section>
  )
}

function emotionLook(part: MoodPart): { fill: string; className?: string } {
  return { fill: MOOD_COLOURS[part] }
}

function engagementLook(part: EngagementPart): { className: string } {
  return { className: ENGAGEMENT_FILLS[part] }
}

function Bands<Part extends string>(props: {
  steps: readonly Step<Part>[]
  parts: readonly Part[]
  height: number
  look: (part: Part) => { fill?: string; className?: string }
}): ReactNode {
  const { steps, parts, height, look } = props
  const span = spanOf(steps, LEAST)
  const bands: Band<Part>[] = bandsOf(steps, parts, { width: WIDTH, height, span })
  const unit = WIDTH / (span[1] - span[0])
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${String(WIDTH)} ${String(height)}`}
      preserveAspectRatio="none"
      style={{ height }}
      className="w-full rounded-md bg-sunken"
    >
      {bands.map(({ part, d }) => (
        <path key={part} d={d} {...look(part)} />
      ))}
      {gapsOf(steps).map(({ from, to }) => (
        <line
          key={from}
          x1={(from - span[0]) * unit}
          x2={(to - span[0]) * unit}
          y1={height / 2}
          y2={height / 2}
          vectorEffect="non-scaling-stroke"
          strokeWidth={2}
          strokeDasharray="2 3"
          className="stroke-line-strong"
        />
      ))}
    </svg>
  )
}

/** Every interval as a sentence, the newest first; built only when somebody opens it. */
function AsText(props: {
  timeline: readonly ClassTotals[]
  emotions: boolean
  engagement: boolean
}): ReactNode {
  const { timeline } = props
  const t = useTranslations('mood.soFar')
  const [open, setOpen] = useState(false)
  return (
    <details
      open={open}
      onToggle={(event) => {
        setOpen(event.currentTarget.open)
      }}
      className="text-[0.8125rem]"
    >
      <summary className="w-fit rounded-sm py-1 font-medium text-accent-ink">{t('asText')}</summary>
      {open ? (
        <ol
          tabIndex={0}
          aria-label={t('title')}
          className="mt-1 grid max-h-40 gap-1.5 overflow-y-auto rounded-sm leading-relaxed"
        >
          {timeline.toReversed().map((totals) => (
            <Sentence key={totals.interval} {...props} totals={totals} />
          ))}
        </ol>
      ) : null}
    </details>
  )
}

function Sentence(props: {
  totals: ClassTotals
  emotions: boolean
  engagement: boolean
}): ReactNode {
  const { totals, emotions, engagement } = props
  const t = useTranslations('mood.soFar')
  const names = useTranslations('class.mood')
  const time = useTimeOf()
  const parts: string[] = []
  if (totals.counts === null) parts.push(t('gap'))
  else if (emotions) {
    const words = slicesOf(totals.counts).map(({ part, count }) =>
      t('part', { name: names(`emotions.${part}`), count }),
    )
    parts.push(`${words.join(', ')} ${t('of', { total: totals.total })}`)
  }
  if (engagement && totals.engagement !== null) {
    const counts = totals.engagement
    const words = ENGAGEMENT_PARTS.filter((part) => counts[part] > 0).map((part) =>
      t('part', { name: names(`engagementNames.${part}`), count: counts[part] }),
    )
    parts.push(t('engagementParts', { parts: words.join(', ') }))
  }
  return <li>{t('reading', { time: time(totals.at), parts: parts.join('; ') })}</li>
}
