'use client'

/**
 * The donut: one slice for each part that somebody is in. It turns calmly from one reading to the
 * next; its words are always those of the newest.
 */
import { arc, pie } from 'd3'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import { MOOD_COLOURS } from './emotion-swatch.tsx'
import { between, clearOf, MOOD_PARTS, type MoodCounts, type MoodPart, slicesOf } from './slices.ts'

const SIZE = 168
const TURN_MS = 700

const shape = arc<{ startAngle: number; endAngle: number }>()
  .innerRadius(SIZE * 0.31)
  .outerRadius(SIZE * 0.48)
  .cornerRadius(3)
  .padAngle(0.018)

const layout = pie<readonly [MoodPart, number]>()
  .sort(null)
  .value(([, share]) => share)

/** The chart of one interval's totals. */
export function Donut({ counts, total }: { counts: MoodCounts; total: number }): ReactNode {
  const t = useTranslations('class.mood')
  const drawing = useRef<SVGSVGElement>(null)
  const shares = useTurning(counts, drawing)
  const named = new Map(slicesOf(counts).map(({ part, count }) => [part, count]))
  const arcs = layout(MOOD_PARTS.map((part) => [part, shares[part]] as const))
  return (
    <svg
      ref={drawing}
      role="presentation"
      viewBox={`${-SIZE / 2} ${-SIZE / 2} ${SIZE} ${SIZE}`}
      className="mx-auto block w-32 sm:w-42"
    >
      {arcs.map((slice) => {
        const [part, share] = slice.data
        const count = named.get(part)
        if (count === undefined && share < 0.001) return null
        const emotion = t(`emotions.${part}`)
        return (
          <path
            key={part}
            d={shape(slice) ?? ''}
            fill={MOOD_COLOURS[part]}
            className="stroke-raised"
            {...(count === undefined
              ? { 'aria-hidden': true }
              : { role: 'img', 'aria-label': t('slice', { emotion, count, total }) })}
          />
        )
      })}
      <g aria-hidden="true" textAnchor="middle" className="fill-ink">
        <text y={-1} className="text-[1.375rem] font-semibold tabular-nums">
          {t('clear', { clear: clearOf(counts), total })}
        </text>
        <text y={18} className="fill-ink-muted text-xs">
          {t('clearCaption')}
        </text>
      </g>
    </svg>
  )
}

/**
 * Shares that follow `counts` smoothly; at once where the person wants no motion, or where the window
 * that the chart stands in does not draw.
 */
function useTurning(counts: MoodCounts, drawing: RefObject<SVGSVGElement | null>): MoodCounts {
  const [shown, setShown] = useState<MoodCounts>(() => between(counts, counts, 1))
  const latest = useRef(shown)
  useEffect(() => {
    const from = latest.current
    // The chart may stand in a window of its own, which draws while the page itself is hidden.
    const view = drawing.current?.ownerDocument.defaultView ?? window
    const still =
      view.document.hidden || view.matchMedia('(prefers-reduced-motion: reduce)').matches
    const turn = (passed: number): void => {
      latest.current = between(from, counts, 1 - (1 - passed) ** 3)
      setShown(latest.current)
    }
    if (still) {
      turn(1)
      return
    }
    const begin = view.performance.now()
    let frame = view.requestAnimationFrame(function step(now) {
      const passed = Math.min(1, Math.max(0, now - begin) / TURN_MS)
      turn(passed)
      if (passed < 1) frame = view.requestAnimationFrame(step)
    })
    return () => {
      view.cancelAnimationFrame(frame)
    }
  }, [counts, drawing])
  return shown
}
