'use client'

/**
 * How a person's connection does, as three bars. While it does well it takes no room and says nothing.
 */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Grade, Quality } from '../../_call/index.ts'
import { cx } from '../../_ui/cx.ts'
import { useStore } from '../_state/use-store.ts'

const BARS: Readonly<Record<Grade, number>> = { good: 3, fair: 2, poor: 1 }
const HEIGHTS = ['h-1.5', 'h-2.5', 'h-3.5'] as const

/** Three bars, of which the lit ones tell the grade. */
export function Bars({ grade, label }: { grade: Grade; label: string }): ReactNode {
  return (
    <span role="img" aria-label={label} className="flex h-3.5 shrink-0 items-end gap-0.5">
      {HEIGHTS.map((height, index) => (
        <span
          key={height}
          className={cx(
            'w-1 rounded-full',
            height,
            index >= BARS[grade]
              ? 'bg-[oklch(1_0_0/0.28)]'
              : grade === 'poor'
                ? 'bg-danger-ink'
                : grade === 'fair'
                  ? 'bg-warning-ink'
                  : 'bg-success-ink',
          )}
        />
      ))}
    </span>
  )
}

/** The bars of one tile; nothing while the connection is good or not known. */
export function TileBars(props: {
  quality: Quality
  memberId: string
  isSelf: boolean
}): ReactNode {
  const t = useTranslations('quality')
  const { own, others } = useStore(props.quality.state)
  const grade = props.isSelf ? own : (others[props.memberId] ?? null)
  if (grade === null || grade === 'good') return null
  return <Bars grade={grade} label={t(`tile.${grade}`)} />
}
