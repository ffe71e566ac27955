'use client'

/**
 * The school in three small charts, week by week over half a year: people, classes, support cases. They
 * count; nothing in them is about a reading.
 */
import { useQuery } from '@tanstack/react-query'
import { area, curveMonotoneX, line, max, scaleBand, scaleLinear, sum } from 'd3'
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { callWire } from '../../_ui/data/wire.ts'
import { LoadFailed } from '../../_ui/load-failed.tsx'
import { Spinner } from '../../_ui/spinner.tsx'

interface Point {
  readonly start: number
  readonly value: number
}

/** The charts, side by side where there is room. */
export function OverviewCharts(): ReactNode {
  const t = useTranslations('desk.overview')
  const query = useQuery({
    queryKey: ['overview'],
    queryFn: ({ signal }) => callWire('overview', {}, null, { signal }),
  })
  if (query.error) return <LoadFailed error={query.error} retry={query.refetch} />
  const { weeks = [], now } = query.data ?? {}
  const series = (name: 'people' | 'classes' | 'cases'): Point[] =>
    weeks.map((week) => ({ start: week.start, value: week[name] }))
  return (
    <div className="grid min-h-44 gap-4 sm:grid-cols-2 lg:grid-cols-3">
      {now ? (
        <>
          <Figure
            name={t('people')}
            value={now.people}
            note={t('teachers', { count: now.teachers })}
            points={series('people')}
            look="line"
          />
          <Figure
            name={t('classes')}
            value={weeks.at(-1)?.classes ?? 0}
            note={`${t('thisWeek')}, ${t('liveClasses', { count: now.liveClasses })}`}
            points={series('classes')}
            look="bars"
          />
          <Figure
            name={t('cases')}
            value={sum(weeks, (week) => week.cases)}
            note={t('casesNote')}
            points={series('cases')}
            look="bars"
          />
        </>
      ) : (
        <Spinner text={t('loading')} className="place-self-center sm:col-span-full" />
      )}
    </div>
  )
}

const WIDTH = 320
const HEIGHT = 72

function Figure(props: {
  name: string
  value: number
  note: string
  points: readonly Point[]
  look: 'line' | 'bars'
}): ReactNode {
  const { name, value, note, points, look } = props
  const t = useTranslations('desk.overview')
  const locale = useLocale()
  const number = new Intl.NumberFormat(locale)
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const x = scaleBand(
    points.map((point) => point.start),
    [0, WIDTH],
  ).padding(0.25)
  const most = max(points, (point) => point.value) ?? 0
  const y = scaleLinear([0, Math.max(1, most)], [HEIGHT - 2, 4])
  return (
    <figure className="grid content-start gap-3 rounded-card border border-line bg-raised p-5 shadow-resting">
      <figcaption className="grid gap-0.5">
        <span className="text-sm text-ink-muted">{name}</span>
        <span className="flex flex-wrap items-baseline gap-x-2">
          <span className="text-3xl font-semibold tracking-tight tabular-nums">
            {number.format(value)}
          </span>
          <span className="text-sm text-ink-muted">{note}</span>
        </span>
      </figcaption>
      <svg
        viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('perWeek', { name })}
        className="h-18 w-full overflow-visible text-accent"
      >
        <line
          x1={0}
          x2={WIDTH}
          y1={HEIGHT - 1}
          y2={HEIGHT - 1}
          stroke="var(--line)"
          vectorEffect="non-scaling-stroke"
        />
        {look === 'line' ? <Line points={points} x={x} y={y} /> : null}
        {points.map((point) => {
          const top = y(point.value)
          const shown = look === 'bars'
          return (
            <rect
              key={point.start}
              x={x(point.start)}
              y={shown ? top : 0}
              width={x.bandwidth()}
              height={shown ? HEIGHT - 1 - top : HEIGHT}
              rx={1.5}
              className={shown ? 'fill-current' : 'fill-transparent'}
            >
              <title>
                {t('weekValue', {
                  date: date.format(point.start),
                  value: number.format(point.value),
                })}
              </title>
            </rect>
          )
        })}
      </svg>
      <div className="flex justify-between text-xs text-ink-muted tabular-nums">
        <span>{points[0] ? date.format(points[0].start) : ''}</span>
        <span>{t('thisWeek')}</span>
      </div>
    </figure>
  )
}

function Line(props: {
  points: readonly Point[]
  x: ReturnType<typeof scaleBand<number>>
  y: ReturnType<typeof scaleLinear>
}): ReactNode {
  const { points, x, y } = props
  const middle = (point: Point): number => (x(point.start) ?? 0) + x.bandwidth() / 2
  const height = (point: Point): number => Number(y(point.value))
  const under = area<Point>(middle, HEIGHT - 1, height).curve(curveMonotoneX)
  const over = line<Point>(middle, height).curve(curveMonotoneX)
  return (
    <>
      <path d={under([...points]) ?? ''} className="fill-current opacity-15" />
      <path
        d={over([...points]) ?? ''}
        className="fill-none stroke-current"
        strokeWidth={2}
        vectorEffect="non-scaling-stroke"
      />
    </>
  )
}
