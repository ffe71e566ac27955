'use client'

/**
 * The donut: one slice for each part that somebody is in. It turns calmly from one reading to the
 * next; its words are always those of the newest.
 */
import { arc, pie } from 'd3'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState, type ReactNode } from 'react'
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
  const shares = useTurning(counts)
  const named = new Map(slicesOf(counts).map(({ part, count }) => [part, count]))
  const arcs = layout(MOOD_PARTS.map((part) => [part, shares[part]] as const))
  return (
    <svg
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

/** Shares that follow `counts` smoothly; at once where the person wants no motion. */
function useTurning(counts: MoodCounts): MoodCounts {
  const [shown, setShown] = useState<MoodCounts>(() => between(counts, counts, 1))
  const latest = useRef(shown)
  useEffect(() => {
    const from = latest.current
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    const begin = performance.now()
    let frame = requestAnimationFrame(function turn(now) {
      const passed = still ? 1 : Math.min(1, Math.max(0, now - begin) / TURN_MS)
      const eased = 1 - (1 - passed) ** 3
      latest.current = between(from, counts, eased)
      setShown(latest.current)
      if (passed < 1) frame = requestAnimationFrame(turn)
    })
    return () => {
      cancelAnimationFrame(frame)
    }
  }, [counts])
  return shown
}
