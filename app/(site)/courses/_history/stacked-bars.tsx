'use client'

/**
 * Bars of shares, one above the other to a whole: by class or by minute. Drawn with d3; the same figures stand in a
 * table beside it, so that the picture itself is one image with one name.
 */
import { cumsum, scaleBand, scaleLinear } from 'd3'
import type { ReactNode } from 'react'
import { useWidth } from '../../../_ui/data/use-width.ts'
import { type Bar, type Measure, type Part, PARTS, type Stretch } from './shares.ts'

const HEIGHT = 190
const HEAD = 30
const FOOT = 24
const LEFT = 42
const RIGHT = 8
/** Before the page knows how wide it is. */
const FIRST_WIDTH = 640
/** Room that a word below a bar needs. */
const TICK_WIDTH = 68

export const FILLS: Readonly<Record<Part, string>> = {
  neutral: 'var(--color-emotion-neutral)',
  happy: 'var(--color-emotion-happy)',
  sad: 'var(--color-emotion-sad)',
  surprise: 'var(--color-emotion-surprise)',
  fear: 'var(--color-emotion-fear)',
  disgust: 'var(--color-emotion-disgust)',
  anger: 'var(--color-emotion-anger)',
  contempt: 'var(--color-emotion-contempt)',
  engaged: 'var(--accent)',
  partiallyEngaged: 'color-mix(in oklab, var(--accent) 60%, var(--raised))',
  notEngaged: 'color-mix(in oklab, var(--accent) 28%, var(--raised))',
  distracted: 'var(--line-strong)',
}

export interface StackedBarsProps {
  label: string
  bars: readonly Bar[]
  measure: Measure
  /** What the height of a bar says. */
  axis: string
  /** What stands below some of the bars. */
  tick: (bar: Bar, index: number) => string
  /** Bands behind the bars, in the units of numeric keys. */
  stretches?: readonly Stretch[]
  /** Width of a bar in those units. */
  unit?: number
  /** The bar that the rest of the page speaks of. */
  chosen?: string
}

/** An image of shares; `label` says what it is of. */
export function StackedBars(props: StackedBarsProps): ReactNode {
  const { label, axis, bars, measure, tick, stretches = [], unit = 1, chosen } = props
  const [holder, total] = useWidth(FIRST_WIDTH)
  const end = total - RIGHT
  const x = scaleBand()
    .domain(bars.map(({ key }) => key))
    .range([LEFT, end])
    .paddingInner(0.22)
    .paddingOuter(0.1)
  const step = x.step()
  const y = scaleLinear([0, 1], [HEIGHT, HEAD])
  const width = Math.min(x.bandwidth(), 44)
  const every = Math.ceil(bars.length / Math.max(2, Math.floor((end - LEFT) / TICK_WIDTH)))
  return (
    <div ref={holder} className="min-w-0 overflow-hidden">
      <svg
        role="img"
        aria-label={label}
        width={total}
        height={HEIGHT + FOOT}
        viewBox={`0 0 ${String(total)} ${String(HEIGHT + FOOT)}`}
        className="block max-w-full select-none"
      >
        <text x={0} y={11} className="fill-ink-muted text-xs">
          {axis}
        </text>
        {stretches.map(({ from, to }) => (
          <rect
            key={from}
            x={LEFT + (from / unit) * step}
            width={Math.max(2, ((to - from) / unit) * step)}
            y={HEAD}
            height={HEIGHT - HEAD}
            rx={4}
            className="fill-warning-soft"
          />
        ))}
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line x1={LEFT} x2={end} y1={y(share)} y2={y(share)} className="stroke-line" />
            <text x={LEFT - 6} y={y(share) + 4} textAnchor="end" className="fill-ink-muted text-xs">
              {share * 100} %
            </text>
          </g>
        ))}
        {bars.map((bar, index) => {
          const left = (x(bar.key) ?? 0) + (x.bandwidth() - width) / 2
          return (
            <g key={bar.key}>
              <Stack bar={bar} measure={measure} x={left} width={width} y={y} />
              {bar.key === chosen ? (
                <rect
                  x={left}
                  width={width}
                  y={HEIGHT + 2}
                  height={3}
                  rx={1.5}
                  className="fill-ink"
                />
              ) : null}
              {index % every === 0 ? (
                <text
                  x={left + width / 2}
                  y={HEIGHT + FOOT - 3}
                  textAnchor="middle"
                  className="fill-ink-muted text-xs tabular-nums"
                >
                  {tick(bar, index)}
                </text>
              ) : null}
            </g>
          )
        })}
      </svg>
    </div>
  )
}

function Stack(props: {
  bar: Bar
  measure: Measure
  x: number
  width: number
  y: (share: number) => number
}): ReactNode {
  const { bar, measure, x, width, y } = props
  if (bar.sum === 0) {
    return bar.tooFew === 0 ? null : (
      <rect x={x} width={width} y={y(0) - 4} height={4} rx={2} className="fill-line" />
    )
  }
  const parts = PARTS[measure]
  const shares = parts.map((part) => (bar.counts[part] ?? 0) / bar.sum)
  const tops = cumsum(shares)
  return parts.map((part, at) => {
    const share = shares[at] ?? 0
    const top = tops[at] ?? 0
    return share === 0 ? null : (
      <rect
        key={part}
        x={x}
        width={width}
        y={y(top)}
        height={Math.max(0.5, y(top - share) - y(top))}
        fill={FILLS[part]}
        stroke="var(--raised)"
        strokeWidth={bar.sum > 1 && width > 6 ? 1 : 0}
      />
    )
  })
}
