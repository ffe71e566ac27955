'use client'

/**
 * A video along its length: a line an emotion, a strip of engagement below, drawn by d3's scales and shapes; the same
 * numbers stand in a table beneath.
 */
import { area, curveMonotoneX, scaleLinear } from 'd3'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { EmotionSwatch, MOOD_COLOURS } from '../../../class/_mood/emotion-swatch.tsx'
import { emotionOf } from '../../../_emotion/reading.ts'
import { EMOTIONS } from '../../../_wire/emotions.ts'
import { Cell, Row, Table } from '../../../_ui/table.tsx'
import type { Sample } from '../files/sample-video.ts'
import { useWords } from '../use-words.ts'
import { clock, spansOf, stackOf } from './timeline-shape.ts'

const WIDTH = 640
const HEIGHT = 220
const BAND = 26
const PLOT = { left: 4, right: WIDTH - 4, top: 6, bottom: HEIGHT - 2 * BAND - 10 } as const

const ENGAGEMENT_OPACITY = [0, 1, 0.6, 0.3, 0.12] as const

export function Timeline(props: { file: string; samples: readonly Sample[] }): ReactNode {
  const { file, samples } = props
  const t = useTranslations('analyze')
  const words = useWords()
  const end = (samples.at(-1)?.at ?? 0) + (samples[0]?.at ?? 0)
  const x = scaleLinear([0, Math.max(end, 0.1)], [PLOT.left, PLOT.right])
  const y = scaleLinear([0, 1], [PLOT.bottom, PLOT.top])
  const shape = area<readonly [at: number, low: number, high: number] | null>()
    .defined((point) => point !== null)
    .x((point) => x(point?.[0] ?? 0))
    .y0((point) => y(point?.[1] ?? 0))
    .y1((point) => y(point?.[2] ?? 0))
    .curve(curveMonotoneX)
  const shown = EMOTIONS.filter((_, index) =>
    samples.some(({ face }) => (face?.probabilities[index] ?? 0) >= 0.1),
  )
  return (
    <figure aria-label={t('timeline', { file })} className="grid gap-3">
      <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} aria-hidden="true" className="w-full">
        <rect
          x={PLOT.left}
          y={PLOT.top}
          width={PLOT.right - PLOT.left}
          height={PLOT.bottom - PLOT.top}
          className="fill-sunken"
        />
        {EMOTIONS.map((emotion, index) => (
          <path
            key={emotion}
            d={shape(stackOf(samples, index)) ?? ''}
            style={{ fill: MOOD_COLOURS[emotion] }}
          />
        ))}
        {spansOf(samples, end).map(({ from, to, engagement }) => (
          <rect
            key={from}
            x={x(from)}
            y={PLOT.bottom + 8}
            width={Math.max(1, x(to) - x(from))}
            height={BAND - 8}
            className="fill-accent"
            opacity={ENGAGEMENT_OPACITY[engagement] ?? 0}
          />
        ))}
        {x.ticks(6).map((tick) => (
          <text
            key={tick}
            x={x(tick)}
            y={HEIGHT - 8}
            textAnchor={tick === 0 ? 'start' : 'middle'}
            className="fill-ink-muted text-[13px]"
          >
            {clock(tick)}
          </text>
        ))}
      </svg>
      <figcaption className="grid gap-2 text-sm text-ink-muted">
        <span className="flex flex-wrap gap-x-4 gap-y-1">
          {shown.map((emotion) => (
            <span key={emotion} className="inline-flex items-center gap-2">
              <EmotionSwatch emotion={emotion} />
              {t(`emotions.${emotion}`)}
            </span>
          ))}
        </span>
        {t('timelineLine', { count: samples.length, duration: clock(end) })}
      </figcaption>
      <details>
        <summary className="rounded-lg text-sm font-medium">{t('timelineTable', { file })}</summary>
        <div className="max-h-72 overflow-y-auto">
          <Table
            caption={t('timelineTable', { file })}
            columns={[
              { key: 'time', label: t('time') },
              { key: 'emotion', label: t('columns.emotion') },
              { key: 'confidence', label: t('columns.confidence'), numeric: true },
              { key: 'engagement', label: t('columns.engagement') },
            ]}
          >
            {samples.map(({ at, face }) => (
              <Row key={at}>
                <Cell className="tabular-nums">{clock(at)}</Cell>
                <Cell>{words.emotion(face === null ? null : emotionOf(face))}</Cell>
                <Cell numeric>{face === null ? '–' : words.percent(face.confidence)}</Cell>
                <Cell>{words.engagement(face?.engagement ?? 0)}</Cell>
              </Row>
            ))}
          </Table>
        </div>
      </details>
    </figure>
  )
}
